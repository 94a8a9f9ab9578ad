//! Files as sentences, for guests and team alike.

use pigeon_wire::attachment::{FileProblem, FileRules, RefusedFile};
use pigeon_wire::person::Language;

/// The words about files in one language.
pub struct FileWords {
    /// Label of the field for files.
    pub add: &'static str,
    /// How many files are taken, and how large.
    pub limits: fn(&FileRules) -> String,
    /// Over files that came in with a form that was refused.
    pub kept: &'static str,
    /// After a form that was refused: browsers forget the files that were chosen.
    pub again: &'static str,
    /// Takes a file away again, or stops its way.
    pub remove: fn(&str) -> String,
    /// A file is on its way.
    pub coming: fn(&str) -> String,
    /// A file could not be sent for the network's sake.
    pub lost: fn(&str) -> String,
    /// Sending has to wait for files on their way.
    pub wait: &'static str,
}

static EN: FileWords = FileWords {
    add: "Add files",
    limits: |rules| {
        let (most, mb) = (rules.most.to_string(), rules.mb.to_string());
        ["Up to ", &most, " files, ", &mb, " MB each"].concat()
    },
    kept: "These files are here already and go along:",
    again: "Please choose your files again.",
    remove: |name| ["Remove ", name].concat(),
    coming: |name| ["Uploading ", name].concat(),
    lost: |name| [name, ": the connection broke off. Please add it again."].concat(),
    wait: "Files are still on their way.",
};

static DE: FileWords = FileWords {
    add: "Dateien anhängen",
    limits: |rules| {
        let (most, mb) = (rules.most.to_string(), rules.mb.to_string());
        ["Bis zu ", &most, " Dateien mit je ", &mb, " MB"].concat()
    },
    kept: "Diese Dateien sind schon hier und werden mitgesendet:",
    again: "Bitte wählen Sie Ihre Dateien noch einmal aus.",
    remove: |name| [name, " entfernen"].concat(),
    coming: |name| [name, " wird hochgeladen"].concat(),
    lost: |name| {
        [
            name,
            ": Die Verbindung brach ab. Bitte hängen Sie die Datei noch einmal an.",
        ]
        .concat()
    },
    wait: "Dateien sind noch unterwegs.",
};

impl FileWords {
    /// The words of one language.
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::De => &DE,
        }
    }
}

/// The words in the reader's language, inside a component.
pub fn words() -> &'static FileWords {
    FileWords::of(super::language())
}

/// What is wrong with a file, as a sentence that names it.
pub fn refused_text(language: Language, file: &RefusedFile) -> String {
    let why = match language {
        Language::En => english(file.problem),
        Language::De => german(file.problem),
    };
    if file.name.is_empty() {
        why
    } else {
        [&file.name, ": ", &why].concat()
    }
}

/// What is wrong with files, one sentence after the other.
pub fn files_text(language: Language, files: &[RefusedFile]) -> String {
    let texts = files.iter().map(|file| refused_text(language, file));
    texts.collect::<Vec<_>>().join(" ")
}

fn english(why: FileProblem) -> String {
    let sentence = match why {
        FileProblem::Off => "No files are taken here.",
        FileProblem::Ending => "Files of this kind are not taken here.",
        FileProblem::Mismatch => "This file does not hold what its name says.",
        FileProblem::Empty => "This file is empty.",
        FileProblem::Gone => "This file is no longer here. Please choose it again.",
        FileProblem::TooLarge { mb } => {
            return ["This file is larger than ", &mb.to_string(), " MB."].concat();
        }
        FileProblem::TooMany { most } => {
            return ["At most ", &most.to_string(), " files go with one message."].concat();
        }
    };
    sentence.to_owned()
}

fn german(why: FileProblem) -> String {
    let sentence = match why {
        FileProblem::Off => "Hier werden keine Dateien angenommen.",
        FileProblem::Ending => "Dateien dieser Art werden hier nicht angenommen.",
        FileProblem::Mismatch => "Diese Datei enthält nicht, was ihr Name sagt.",
        FileProblem::Empty => "Diese Datei ist leer.",
        FileProblem::Gone => {
            "Diese Datei ist nicht mehr hier. Bitte wählen Sie sie noch einmal aus."
        }
        FileProblem::TooLarge { mb } => {
            return ["Diese Datei ist größer als ", &mb.to_string(), " MB."].concat();
        }
        FileProblem::TooMany { most } => {
            let most = most.to_string();
            return ["Zu einer Nachricht gehören höchstens ", &most, " Dateien."].concat();
        }
    };
    sentence.to_owned()
}

/// A size as people say it, in either language.
pub fn size_text(bytes: i64) -> String {
    let (count, unit) = if bytes < 10_000_000 {
        ((bytes + 999) / 1000, " kB")
    } else {
        (bytes / 1_000_000, " MB")
    };
    [&count.to_string(), unit].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_few_letters() {
        assert_eq!(size_text(1), "1 kB");
        assert_eq!(size_text(1_260_000), "1260 kB");
        assert_eq!(size_text(10_999_999), "10 MB");
    }

    #[test]
    fn a_refused_file_is_named() {
        let file = RefusedFile {
            name: "a.exe".into(),
            problem: FileProblem::Ending,
        };
        assert!(refused_text(Language::En, &file).starts_with("a.exe: "));
        let files = [file.clone(), file];
        assert_eq!(files_text(Language::De, &files).matches("a.exe").count(), 2);
    }
}
