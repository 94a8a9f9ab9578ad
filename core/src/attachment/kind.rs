//! What a file is, by its bytes. Its name only says what it claims to be, and is refused when the
//! bytes say otherwise.

use pigeon_wire::attachment::{Extension, FileProblem};

/// Bytes at the beginning of a file by which it is known: enough for the first entries of an office
/// document.
pub(super) const HEAD_BYTES: usize = 8192;

/// Looks at a file as it comes in.
pub(super) struct Look {
    claimed: Extension,
    head: Vec<u8>,
    text: Text,
    is_known: bool,
}

impl Look {
    /// At a file that claims to be this.
    pub fn new(claimed: Extension) -> Self {
        Self {
            claimed,
            head: Vec::new(),
            text: Text::default(),
            is_known: false,
        }
    }

    /// Takes the next bytes, and tells as soon as it is known that they are something else.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), FileProblem> {
        if self.claimed.is_text() && !self.text.take(bytes) {
            return Err(FileProblem::Mismatch);
        }
        if self.is_known {
            return Ok(());
        }
        let room = HEAD_BYTES.saturating_sub(self.head.len());
        self.head
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        if self.head.len() >= HEAD_BYTES {
            self.decide()?;
        }
        Ok(())
    }

    /// The end of the file.
    pub fn end(&mut self) -> Result<(), FileProblem> {
        if self.claimed.is_text() && !self.text.is_whole() {
            return Err(FileProblem::Mismatch);
        }
        if self.is_known {
            return Ok(());
        }
        self.decide()
    }

    fn decide(&mut self) -> Result<(), FileProblem> {
        self.is_known = true;
        if is(self.claimed, &self.head) {
            Ok(())
        } else {
            Err(FileProblem::Mismatch)
        }
    }
}

/// Whether a file that begins so is what it claims to be. Each must begin with its mark: what only
/// holds it somewhere is something else as well.
fn is(claimed: Extension, head: &[u8]) -> bool {
    let begins = |mark: &[u8]| head.starts_with(mark);
    match claimed {
        Extension::Jpg | Extension::Jpeg => begins(b"\xff\xd8\xff"),
        Extension::Png => begins(b"\x89PNG\r\n\x1a\n"),
        Extension::Gif => begins(b"GIF87a") || begins(b"GIF89a"),
        Extension::Webp => begins(b"RIFF") && head.get(8..12) == Some(b"WEBP"),
        Extension::Pdf => begins(b"%PDF-"),
        // The second one is an archive without any file.
        Extension::Zip => begins(b"PK\x03\x04") || begins(b"PK\x05\x06"),
        Extension::Docx => is_office(head, b"word/"),
        Extension::Xlsx => is_office(head, b"xl/"),
        // The container of older office programs; which of them wrote it stands far inside.
        Extension::Doc | Extension::Xls => begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        // What no text holds has been looked for in all of it.
        Extension::Txt | Extension::Csv => true,
    }
}

/// Whether it is an archive that begins as an office program's does.
fn is_office(head: &[u8], folder: &[u8]) -> bool {
    let holds = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    head.starts_with(b"PK\x03\x04") && (holds(b"[Content_Types].xml") || holds(folder))
}

/// Whether bytes are text: UTF-8 without characters that control.
#[derive(Default)]
struct Text {
    /// The beginning of a character whose rest has not come.
    begun: Vec<u8>,
}

impl Text {
    fn take(&mut self, bytes: &[u8]) -> bool {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let (whole, rest) = match std::str::from_utf8(&all) {
            Ok(text) => (text, &[][..]),
            Err(broken) if broken.error_len().is_none() => {
                let (good, rest) = all.split_at(broken.valid_up_to());
                (std::str::from_utf8(good).unwrap_or_default(), rest)
            }
            Err(_) => return false,
        };
        let controls = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
        if whole.chars().any(controls) {
            return false;
        }
        self.begun = rest.to_vec();
        true
    }

    const fn is_whole(&self) -> bool {
        self.begun.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(claimed: Extension, bytes: &[u8]) -> Result<(), FileProblem> {
        // In small pieces, as from a slow line.
        let mut look = Look::new(claimed);
        for piece in bytes.chunks(3) {
            look.take(piece)?;
        }
        look.end()
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0";

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let mismatch = Err(FileProblem::Mismatch);
        assert_eq!(told(Extension::Png, PNG), Ok(()));
        assert_eq!(told(Extension::Jpg, PNG), mismatch);
        assert_eq!(told(Extension::Jpg, b"\xff\xd8\xff\xe0rest"), Ok(()));
        assert_eq!(told(Extension::Gif, b"GIF89a rest"), Ok(()));
        assert_eq!(told(Extension::Webp, b"RIFF\x10\0\0\0WEBPVP8 "), Ok(()));
        assert_eq!(told(Extension::Pdf, b"%PDF-1.7 rest"), Ok(()));
        assert_eq!(told(Extension::Pdf, b"<script>%PDF-1.7"), mismatch);
        assert_eq!(told(Extension::Zip, ZIP), Ok(()));
        assert_eq!(told(Extension::Docx, ZIP), mismatch);
        let docx = [ZIP, b"[Content_Types].xml"].concat();
        assert_eq!(told(Extension::Docx, &docx), Ok(()));
        assert_eq!(
            told(Extension::Doc, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.."),
            Ok(())
        );
        assert_eq!(told(Extension::Xls, ZIP), mismatch);
        assert_eq!(told(Extension::Png, b"<svg onload=alert(1)>"), mismatch);
        assert_eq!(told(Extension::Png, b""), mismatch);
    }

    #[test]
    fn text_is_text_to_its_end() {
        let mismatch = Err(FileProblem::Mismatch);
        assert_eq!(
            told(Extension::Csv, "Zahl;Straße\r\n1;é".as_bytes()),
            Ok(())
        );
        assert_eq!(told(Extension::Txt, b"\xef\xbb\xbfwith a mark"), Ok(()));
        assert_eq!(told(Extension::Txt, b"a\0b"), mismatch);
        assert_eq!(told(Extension::Txt, b"a\x1b[31mred"), mismatch);
        assert_eq!(told(Extension::Txt, b"latin \xe9"), mismatch);
        let late = [&[b'x'; HEAD_BYTES + 50][..], b"\x07"].concat();
        assert_eq!(told(Extension::Txt, &late), mismatch);
        let cut = [&[b'x'; 40][..], b"\xc3"].concat();
        assert_eq!(told(Extension::Txt, &cut), mismatch, "half a character");
    }
}
