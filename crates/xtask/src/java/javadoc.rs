//! Javadoc comments from the model's texts: escaped, wrapped, indented.

/// How far a line of generated Java goes.
const WIDTH: usize = 110;

/// A Javadoc comment. Lines of `text` are paragraphs' parts, an empty line parts paragraphs, and a line that begins with `@` is
/// a block tag. `{@…}` and HTML of the caller's own stay as they are; texts of the model go through [`inline`] first.
pub(crate) fn comment(text: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let text = text.trim();
    let single = format!("{pad}/** {text} */");
    if !text.contains('\n') && !text.starts_with('@') && width(&single) <= WIDTH {
        return single;
    }
    let mut lines = vec![format!("{pad}/**")];
    let mut paragraph = String::new();
    let mut first = true;
    let mut tags = false;
    let mut flush = |paragraph: &mut String, lines: &mut Vec<String>| {
        if !paragraph.is_empty() {
            if !first {
                lines.push(format!("{pad} *"));
            }
            let opening = if first { "" } else { "<p>" };
            wrap(&format!("{opening}{paragraph}"), &format!("{pad} * "), "", lines);
            first = false;
            paragraph.clear();
        }
    };
    for line in text.lines().map(str::trim) {
        if line.starts_with('@') {
            flush(&mut paragraph, &mut lines);
            if !tags && lines.len() > 1 {
                lines.push(format!("{pad} *"));
            }
            tags = true;
            wrap(line, &format!("{pad} * "), "    ", &mut lines);
        } else if line.is_empty() {
            flush(&mut paragraph, &mut lines);
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
        }
    }
    flush(&mut paragraph, &mut lines);
    lines.push(format!("{pad} */"));
    lines.join("\n")
}

/// A text of the model inside a comment: code in backticks as `{@code}`, everything else as plain text.
pub(crate) fn inline(text: &str) -> String {
    let part = |(place, part): (usize, &str)| {
        if place % 2 == 1 { format!("{{@code {part}}}") } else { escape(part) }
    };
    text.split('`').enumerate().map(part).collect()
}

/// What HTML, Javadoc and Java's own comments would take for markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('@', "&#64;")
        .replace("*/", "*&#47;")
}

fn wrap(text: &str, opening: &str, hanging: &str, lines: &mut Vec<String>) {
    let mut line = opening.to_owned();
    let mut empty = true;
    for word in words(text) {
        if !empty && width(&line) + 1 + width(word) > WIDTH {
            lines.push(std::mem::replace(&mut line, format!("{opening}{hanging}")));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
}

/// The words of a text; what stands in braces is one.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut depth) = (None, 0_usize);
    for (place, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if character == ' ' && depth == 0 {
            if let Some(start) = start.take() {
                words.push(&text[start..place]);
            }
        } else if start.is_none() {
            start = Some(place);
        }
    }
    words.extend(start.map(|start| &text[start..]));
    words
}

/// Columns of a text in an editor, where a Chinese character is two.
fn width(text: &str) -> usize {
    text.chars().map(|character| if character < '\u{2e80}' { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_one_line() {
        assert_eq!(comment("The token.", 4), "    /** The token. */");
    }

    #[test]
    fn paragraphs_and_tags_stand_apart() {
        let text = "Opens it.\n\nSent once.\n@param name Name.\n@return the answer";
        let lines = [
            "/**",
            " * Opens it.",
            " *",
            " * <p>Sent once.",
            " *",
            " * @param name Name.",
            " * @return the answer",
            " */",
        ];
        assert_eq!(comment(text, 0), lines.join("\n"));
    }

    #[test]
    fn long_lines_are_wrapped_between_words_and_never_inside_a_tag() {
        let text = format!("{} {{@code two words}}", "x".repeat(WIDTH - 10));
        assert_eq!(comment(&text, 0).lines().nth(2), Some(" * {@code two words}"));
        let tag = format!("@param one {}", "word ".repeat(30).trim());
        let wrapped = comment(&tag, 0);
        assert!(wrapped.lines().all(|line| width(line) <= WIDTH), "{wrapped}");
        assert!(wrapped.lines().nth(2).is_some_and(|line| line.starts_with(" *     word")), "{wrapped}");
    }

    #[test]
    fn nothing_in_a_text_is_taken_for_markup() {
        assert_eq!(inline("`a<b>` & <i> @see */"), "{@code a<b>} &amp; &lt;i&gt; &#64;see *&#47;");
    }
}
