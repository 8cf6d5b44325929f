//! The picture captcha: a PNG that really shows its text.

use std::sync::OnceLock;

use base64::{Engine, prelude::BASE64_STANDARD};

/// What the picture shows, and the right answer to it.
pub(crate) const TEXT: &str = "8642";

/// Rows of the digits' 5 by 7 bitmaps, the leftmost pixel in the highest of five bits.
const DIGITS: [[u8; 7]; 10] = [
    [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    [0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111],
    [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
];

/// Pixels of the picture to one pixel of a bitmap.
const SCALE: usize = 5;
const COLUMNS: usize = 1 + 4 * 6;
const ROWS: usize = 9;
const WIDTH: usize = COLUMNS * SCALE;
const HEIGHT: usize = ROWS * SCALE;
const INK: u8 = 0x20;
const PAPER: u8 = 0xF0;

/// The picture, base64, as `pic_captcha` carries it.
pub(crate) fn base64() -> &'static str {
    static ENCODED: OnceLock<String> = OnceLock::new();
    ENCODED.get_or_init(|| BASE64_STANDARD.encode(png()))
}

/// The picture as a greyscale PNG.
fn png() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, u32_of(WIDTH), u32_of(HEIGHT));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a header goes into memory");
    writer.write_image_data(&pixels()).expect("the pixels are as many as the header says");
    writer.finish().expect("the end goes into memory");
    file
}

fn u32_of(length: usize) -> u32 {
    u32::try_from(length).expect("the picture is small")
}

fn pixels() -> Vec<u8> {
    let mut pixels = vec![PAPER; WIDTH * HEIGHT];
    for (at, digit) in TEXT.bytes().enumerate() {
        for (y, row) in DIGITS[usize::from(digit - b'0')].iter().enumerate() {
            for x in (0..5).filter(|x| row >> (4 - x) & 1 == 1) {
                ink(&mut pixels, 1 + at * 6 + x, 1 + y);
            }
        }
    }
    // A few specks, as on a real one.
    for speck in (7..WIDTH * HEIGHT).step_by(211) {
        pixels[speck] = 0x90;
    }
    pixels
}

fn ink(pixels: &mut [u8], column: usize, row: usize) {
    for y in row * SCALE..(row + 1) * SCALE {
        pixels[y * WIDTH + column * SCALE..][..SCALE].fill(INK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the picture back by comparing every cell with every digit.
    #[test]
    fn the_png_shows_the_right_answer() {
        let file = BASE64_STANDARD.decode(base64()).expect("base64");
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        reader.next_frame(&mut pixels).expect("pixels");
        let dark = |column: usize, row: usize| {
            let middle = (row * SCALE + SCALE / 2) * WIDTH + column * SCALE + SCALE / 2;
            pixels[middle] == INK
        };
        let read: String = (0..4)
            .map(|at| {
                let cell: Vec<u8> = (0..7)
                    .map(|y| (0..5).fold(0, |row, x| row << 1 | u8::from(dark(1 + at * 6 + x, 1 + y))))
                    .collect();
                let digit = DIGITS.iter().position(|digit| digit[..] == cell[..]).expect("a digit");
                char::from(b'0' + u8::try_from(digit).expect("one digit"))
            })
            .collect();
        assert_eq!(read, "8642");
    }
}
