//! A picture captcha: kept in a private file until it is answered, and drawn in the terminal with half blocks.

use std::io::{self, Cursor, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::failure::{Failure, Result};

/// A drawing is at most so wide, in columns.
const COLUMNS: usize = 78;
/// Pictures larger than this are not drawn, whatever they say of themselves.
const LARGEST_PICTURE: usize = 4 << 20;

/// A picture in a file (0600) that goes when this goes.
pub(super) struct Picture {
    file: NamedTempFile,
    drawn: Option<String>,
}

impl Picture {
    /// Writes the picture down.
    pub(super) fn keep(image: &[u8], mime: Option<&str>) -> Result<Self> {
        let suffix = match mime {
            Some("image/png") => ".png",
            Some("image/jpeg") => ".jpg",
            Some("image/gif") => ".gif",
            Some("image/bmp") => ".bmp",
            Some("image/webp") => ".webp",
            _ => ".picture",
        };
        let refuse = |error: io::Error| Failure::file(&std::env::temp_dir(), "written to", &error);
        let mut file = tempfile::Builder::new()
            .prefix("qiancheng-captcha-")
            .suffix(suffix)
            .tempfile()
            .map_err(refuse)?;
        file.write_all(image).map_err(refuse)?;
        let drawn = if mime == Some("image/png") && speaks_unicode() { draw(image) } else { None };
        Ok(Self { file, drawn })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// The drawing, if the picture and the terminal can be drawn with.
    pub(super) fn drawn(&self) -> Option<String> {
        self.drawn.clone()
    }
}

/// Whether the terminal can be expected to know block characters.
fn speaks_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(crate::settings::variable);
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_uppercase();
        locale.contains("UTF-8") || locale.contains("UTF8")
    })
}

/// Draws a PNG with two dots a character; `None` for what cannot be read.
fn draw(image: &[u8]) -> Option<String> {
    let mut decoder = png::Decoder::new(Cursor::new(image));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let size = reader.output_buffer_size().filter(|&size| size <= LARGEST_PICTURE)?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).ok()?;
    let (width, height) = (usize::try_from(frame.width).ok()?, usize::try_from(frame.height).ok()?);
    let samples = frame.color_type.samples();
    // On a scale of 0 to 255, over white where it is transparent.
    let brightness = |x: usize, y: usize| -> u32 {
        let pixel = &pixels[y * frame.line_size + x * samples..][..samples];
        let mean = match samples {
            1 | 2 => u32::from(pixel[0]),
            _ => pixel[..3].iter().map(|&sample| u32::from(sample)).sum::<u32>() / 3,
        };
        let alpha = if samples % 2 == 0 { u32::from(pixel[samples - 1]) } else { 255 };
        (mean * alpha + 255 * (255 - alpha)) / 255
    };
    let step = width.div_ceil(COLUMNS).max(1);
    // The mean over a square of the picture, for every dot.
    let dot = |column: usize, row: usize| -> u32 {
        let (xs, ys) =
            (column * step..((column + 1) * step).min(width), row * step..((row + 1) * step).min(height));
        let count = u32::try_from(xs.len() * ys.len()).unwrap_or(1).max(1);
        ys.flat_map(|y| xs.clone().map(move |x| (x, y))).map(|(x, y)| brightness(x, y)).sum::<u32>() / count
    };
    let (columns, rows) = (width.div_ceil(step), height.div_ceil(step));
    let dots: Vec<Vec<u32>> =
        (0..rows).map(|row| (0..columns).map(|column| dot(column, row)).collect()).collect();
    let all = || dots.iter().flatten().copied();
    let middle = u32::midpoint(all().min()?, all().max()?);
    // What there is less of is the writing.
    let dark = all().filter(|&dot| dot < middle).count();
    let writing_is_dark = dark * 2 <= rows * columns;
    let set = |row: usize, column: usize| {
        dots.get(row).is_some_and(|line| (line[column] < middle) == writing_is_dark)
    };
    let lines = (0..rows).step_by(2).map(|row| {
        let line: String = (0..columns)
            .map(|column| match (set(row, column), set(row + 1, column)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            })
            .collect();
        line.trim_end().to_owned()
    });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of one byte a pixel.
    fn png(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().expect("a header");
        writer.write_image_data(pixels).expect("pixels");
        writer.finish().expect("an end");
        bytes
    }

    #[test]
    fn two_dots_stand_in_a_character() {
        let drawn = draw(&png(4, 2, &[0, 0, 255, 255, 0, 255, 0, 255])).expect("a drawing");
        assert_eq!(drawn, "█▀▄");
    }

    #[test]
    fn writing_is_what_there_is_less_of() {
        let drawn = draw(&png(4, 2, &[255, 0, 0, 0, 0, 0, 0, 255])).expect("a drawing");
        assert_eq!(drawn, "▀  ▄");
    }

    #[test]
    fn wide_pictures_are_made_narrower() {
        let drawn = draw(&png(200, 6, &[255; 1200])).expect("a drawing");
        assert!(drawn.lines().all(|line| line.chars().count() <= COLUMNS));
    }

    #[test]
    fn what_is_no_picture_is_not_drawn() {
        assert_eq!(draw(b"GIF89a"), None);
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_private_and_goes_when_it_is_answered() {
        use std::os::unix::fs::PermissionsExt;
        let picture = Picture::keep(b"x", Some("image/jpeg")).expect("kept");
        let path = picture.path().to_owned();
        assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
        drop(picture);
        assert!(!path.exists());
    }
}
