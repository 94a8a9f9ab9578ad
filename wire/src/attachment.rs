//! Files that come with messages and notes: which are taken, what is told of one, and how its name
//! is made harmless.

use serde::{Deserialize, Serialize};

use crate::id::AttachmentId;
use crate::text::is_direction_mark;

/// Most files of one message, whatever the owner has chosen.
pub const FILES_MAX: usize = 20;
/// Most characters of a file's name.
pub const FILE_NAME_CHARS_MAX: usize = 120;
/// Bytes of a megabyte, as people count them.
pub const MB: i64 = 1_000_000;

choice! {
    /// Where files are kept.
    Storage {
        /// Nowhere: none are taken.
        Off = "off",
        /// In a folder of this machine.
        Local = "local",
    }
}

choice! {
    /// The kinds of files that can be allowed, by the endings of their names.
    Extension {
        /// A JPEG image.
        Jpg = "jpg",
        /// A JPEG image.
        Jpeg = "jpeg",
        /// A PNG image.
        Png = "png",
        /// A GIF image.
        Gif = "gif",
        /// A WebP image.
        Webp = "webp",
        /// A PDF document.
        Pdf = "pdf",
        /// Plain text.
        Txt = "txt",
        /// A document of older word processors.
        Doc = "doc",
        /// A document.
        Docx = "docx",
        /// A sheet of older spreadsheet programs.
        Xls = "xls",
        /// A sheet.
        Xlsx = "xlsx",
        /// A table as plain text.
        Csv = "csv",
        /// An archive. It is never unpacked here.
        Zip = "zip",
    }
}

impl Extension {
    /// The ending of a name, if files that end so can be taken at all.
    pub fn of(name: &str) -> Option<Self> {
        ending(name)?.parse().ok()
    }

    /// The media type under which such a file is handed out. Text is plain text, whatever it holds.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpg | Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Txt | Self::Csv => "text/plain; charset=utf-8",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xls => "application/vnd.ms-excel",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
        }
    }

    /// Whether it is an image, of which a small one can be made.
    pub const fn is_image(self) -> bool {
        matches!(
            self,
            Self::Jpg | Self::Jpeg | Self::Png | Self::Gif | Self::Webp
        )
    }

    /// Whether it is text.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Txt | Self::Csv)
    }
}

/// A file of a message or note, as whoever may read that sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentView {
    /// Which file.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: i64,
    /// The size of its small image, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumb: Option<Thumb>,
}

/// The size of a small image, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumb {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// Which files are taken here: told before somebody chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRules {
    /// Most files of one message; 0 where none are taken.
    pub most: u32,
    /// Most megabytes of one file.
    pub mb: u32,
    /// The endings of names that are allowed, as a field for files takes them: `.pdf,.png`.
    pub accept: String,
}

impl FileRules {
    /// Whether any file is taken.
    pub const fn is_on(&self) -> bool {
        self.most > 0
    }

    /// What is wrong with a file of this name and size, as far as that tells.
    pub fn problem(&self, name: &str, bytes: i64) -> Option<FileProblem> {
        let ending = ending(name).unwrap_or_default();
        let mut allowed = self.accept.split(',');
        let fits = allowed.any(|one| one.strip_prefix('.') == Some(&ending));
        if !self.is_on() {
            Some(FileProblem::Off)
        } else if !fits {
            Some(FileProblem::Ending)
        } else if bytes > i64::from(self.mb) * MB {
            Some(FileProblem::TooLarge { mb: self.mb })
        } else if bytes == 0 {
            Some(FileProblem::Empty)
        } else {
            None
        }
    }
}

/// What can be wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FileProblem {
    /// Files are not taken here.
    #[error("no files are taken")]
    Off,
    /// Its name ends in a way that is not allowed.
    #[error("of a kind that is not allowed")]
    Ending,
    /// It holds something else than its name says.
    #[error("not what its name says")]
    Mismatch,
    /// It holds nothing.
    #[error("empty")]
    Empty,
    /// More than so many megabytes.
    #[error("larger than {mb} MB")]
    TooLarge {
        /// Most megabytes of a file.
        mb: u32,
    },
    /// One of more than so many files.
    #[error("more than {most} files")]
    TooMany {
        /// Most files of a message.
        most: u32,
    },
    /// It is no longer here, or never was.
    #[error("gone")]
    Gone,
}

/// A file that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedFile {
    /// Its name; empty where it is not known.
    pub name: String,
    /// What is wrong with it.
    pub problem: FileProblem,
}

/// The ending of a name in small letters, without its dot.
fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty()).then(|| ending.to_ascii_lowercase())
}

/// A file's name as it is kept: the last part of a path, without what controls, turns the direction
/// of writing or means something to a file system. Never empty.
pub fn clean_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_hidden = |c: char| {
        c.is_control() || is_direction_mark(c) || "\u{61c}\u{2028}\u{2029}\u{feff}".contains(c)
    };
    let kept = last.chars().filter(|c| !is_hidden(*c));
    let mild: String = kept
        .map(|c| if "\"<>:|?*".contains(c) { '_' } else { c })
        .collect();
    let mild = mild.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if mild.is_empty() {
        return "file".to_owned();
    }
    let over = mild.chars().count().saturating_sub(FILE_NAME_CHARS_MAX);
    if over == 0 {
        return mild.to_owned();
    }
    // What is cut is cut from the stem, as long as there is enough of it.
    let (stem, ending) = mild.rsplit_once('.').unwrap_or((mild, ""));
    let left = stem.chars().count().saturating_sub(over);
    if left == 0 || ending.is_empty() {
        return mild.chars().take(FILE_NAME_CHARS_MAX).collect();
    }
    let stem: String = stem.chars().take(left).collect();
    [&stem, ".", ending].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_keeps_what_it_says_and_nothing_that_does_something() {
        for (given, kept) in [
            ("Receipt 2026.pdf", "Receipt 2026.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\bill.xlsx", "bill.xlsx"),
            ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
            ("a\0b.png", "ab.png"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("..", "file"),
            ("", "file"),
            ("x/", "file"),
            (".htaccess", "htaccess"),
            ("say \"hi\".txt", "say _hi_.txt"),
            ("naïve 東京.png", "naïve 東京.png"),
        ] {
            assert_eq!(clean_name(given), kept, "{given:?}");
        }
        let long = format!("{}.pdf", "x".repeat(500));
        let kept = clean_name(&long);
        assert_eq!(kept.chars().count(), FILE_NAME_CHARS_MAX);
        assert_eq!(Extension::of(&kept), Some(Extension::Pdf));
    }

    #[test]
    fn a_kind_is_told_by_the_last_ending() {
        assert_eq!(Extension::of("A.JPG"), Some(Extension::Jpg));
        assert_eq!(Extension::of("a.png.html"), None);
        assert_eq!(Extension::of("png"), None);
        assert_eq!(Extension::of(".png"), None);
    }

    #[test]
    fn rules_tell_what_is_wrong_before_anything_is_sent() {
        let rules = FileRules {
            most: 5,
            mb: 10,
            accept: ".pdf,.png".into(),
        };
        assert_eq!(rules.problem("a.PDF", 10 * MB), None);
        let large = Some(FileProblem::TooLarge { mb: 10 });
        assert_eq!(rules.problem("a.pdf", 10 * MB + 1), large);
        assert_eq!(rules.problem("a.pdf", 0), Some(FileProblem::Empty));
        for name in ["a.exe", "pdf", "a.", "a.pdf,png", "a.,"] {
            assert_eq!(rules.problem(name, 1), Some(FileProblem::Ending), "{name}");
        }
        let off = FileRules::default();
        assert_eq!(off.problem("a.pdf", 1), Some(FileProblem::Off));
    }

    proptest! {
        #[test]
        fn whatever_it_was_called_a_kept_name_is_harmless_and_stays_as_it_is(given in any::<String>()) {
            let kept = clean_name(&given);
            prop_assert!(!kept.is_empty() && kept.chars().count() <= FILE_NAME_CHARS_MAX);
            let is_harmful = kept.contains(['/', '\\', '"', '\r', '\n', '\0', '\u{202e}']);
            prop_assert!(!is_harmful);
            prop_assert!(kept != "." && kept != "..");
        }
    }
}
