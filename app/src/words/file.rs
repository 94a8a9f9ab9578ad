//! Files as sentences, for guests and team alike.

use pigeon_wire::attachment::{FileProblem, FileRules, RefusedFile};
use pigeon_wire::person::Language;

/// The words about files in one language.
pub struct FileWords {
    /// Name of a message's list of files.
    pub files: &'static str,
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
    /// A file is there.
    pub there: fn(&str) -> String,
    /// A file could not be sent for the network's sake.
    pub lost: fn(&str) -> String,
    /// Sending has to wait for files on their way.
    pub wait: &'static str,
}

static EN: FileWords = FileWords {
    files: "Files",
    add: "Add files",
    limits: |rules| {
        let (most, mb) = (rules.most.to_string(), rules.mb.to_string());
        ["Up to ", &most, " files, ", &mb, " MB each"].concat()
    },
    kept: "These files are here already and go along:",
    again: "Please choose your files again.",
    remove: |name| ["Remove ", name].concat(),
    coming: |name| ["Uploading ", name].concat(),
    there: |name| [name, " is added"].concat(),
    lost: |name| [name, ": the connection broke off. Please add it again."].concat(),
    wait: "Files are still on their way.",
};

static DE: FileWords = FileWords {
    files: "Dateien",
    add: "Dateien anhängen",
    limits: |rules| {
        let (most, mb) = (rules.most.to_string(), rules.mb.to_string());
        ["Bis zu ", &most, " Dateien mit je ", &mb, " MB"].concat()
    },
    kept: "Diese Dateien sind schon hier und werden mitgesendet:",
    again: "Bitte wählen Sie Ihre Dateien noch einmal aus.",
    remove: |name| [name, " entfernen"].concat(),
    coming: |name| [name, " wird hochgeladen"].concat(),
    there: |name| [name, " ist angehängt"].concat(),
    lost: |name| {
        [
            name,
            ": Die Verbindung brach ab. Bitte hängen Sie die Datei noch einmal an.",
        ]
        .concat()
    },
    wait: "Dateien sind noch unterwegs.",
};

/// The words in the reader's language, inside a component.
pub fn words() -> &'static FileWords {
    match super::language() {
        Language::En => &EN,
        Language::De => &DE,
    }
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
        FileProblem::TooLarge { mb } => return format!("This file is larger than {mb} MB."),
        FileProblem::TooMany { most } => {
            return format!("At most {most} files go with one message.");
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
        FileProblem::TooLarge { mb } => return format!("Diese Datei ist größer als {mb} MB."),
        FileProblem::TooMany { most } => {
            return format!("Zu einer Nachricht gehören höchstens {most} Dateien.");
        }
    };
    sentence.to_owned()
}

/// A size as people say it.
pub fn size_text(language: Language, bytes: i64) -> String {
    let (whole, tenth, unit) = match bytes {
        ..1000 => return [&bytes.to_string(), " B"].concat(),
        1000..1_000_000 => return [&(bytes / 1000).to_string(), " kB"].concat(),
        _ => (bytes / 1_000_000, bytes / 100_000 % 10, " MB"),
    };
    let mark = match language {
        Language::En => ".",
        Language::De => ",",
    };
    [&whole.to_string(), mark, &tenth.to_string(), unit].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_few_letters() {
        let said = |bytes| size_text(Language::En, bytes);
        assert_eq!(said(0), "0 B");
        assert_eq!(said(1999), "1 kB");
        assert_eq!(said(10_000_000), "10.0 MB");
        assert_eq!(size_text(Language::De, 1_260_000), "1,2 MB");
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
