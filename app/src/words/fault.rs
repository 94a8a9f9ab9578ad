//! Faults and problems as sentences, for guests and team alike.

use pigeon_wire::Fault;
use pigeon_wire::fault::Problem;
use pigeon_wire::person::Language;

use super::file::files_text;

/// Why Pigeon refused, as a sentence or two.
pub fn fault_text(language: Language, fault: &Fault) -> String {
    match language {
        Language::En => english(fault),
        Language::De => german(fault),
    }
}

/// What is wrong with one field, as a sentence.
pub fn problem_text(language: Language, problem: Problem) -> String {
    match language {
        Language::En => english_problem(problem),
        Language::De => german_problem(problem),
    }
}

fn english(fault: &Fault) -> String {
    let sentence = match fault {
        Fault::Invalid(_) => "Please check what is marked below.",
        Fault::Files(files) => return files_text(Language::En, files),
        Fault::NotFound => "There is nothing here.",
        Fault::NotSignedIn => "Please sign in first.",
        Fault::WrongPassword => "This address and password do not belong together.",
        Fault::Forbidden(_) => "Your role does not allow this.",
        Fault::OutOfScope => "This token does not allow that.",
        Fault::Expired => "This link has expired.",
        Fault::Overtaken(_) | Fault::Changed | Fault::Moved(_) => {
            "Somebody else changed this a moment ago. Please look again."
        }
        Fault::Trashed => "This conversation is in the trash.",
        Fault::KeyReused => "This form was sent before with another text. Please send it again.",
        Fault::Off => "This is switched off here.",
        Fault::TooMany { retry_after_s } => {
            return format!(
                "That was a lot at once. Please try again in {}.",
                wait_en(*retry_after_s)
            );
        }
        Fault::Busy { retry_after_s } => {
            return format!(
                "We are busy just now. Please try again in {}.",
                wait_en(*retry_after_s)
            );
        }
        Fault::Malformed => "We could not read what arrived. Please try again.",
        Fault::TooLarge => "That is more than we can take in at once.",
        Fault::Internal => "Something went wrong on our side. Please try again.",
    };
    sentence.to_owned()
}

fn german(fault: &Fault) -> String {
    let sentence = match fault {
        Fault::Invalid(_) => "Bitte prüfen Sie die markierten Angaben.",
        Fault::Files(files) => return files_text(Language::De, files),
        Fault::NotFound => "Hier gibt es nichts.",
        Fault::NotSignedIn => "Bitte melden Sie sich zuerst an.",
        Fault::WrongPassword => "Diese Adresse und dieses Passwort passen nicht zusammen.",
        Fault::Forbidden(_) => "Ihre Rolle erlaubt das nicht.",
        Fault::OutOfScope => "Dieses Token erlaubt das nicht.",
        Fault::Expired => "Dieser Link ist abgelaufen.",
        Fault::Overtaken(_) | Fault::Changed | Fault::Moved(_) => {
            "Das hat gerade jemand anderes geändert. Bitte sehen Sie noch einmal nach."
        }
        Fault::Trashed => "Dieses Gespräch liegt im Papierkorb.",
        Fault::KeyReused => {
            "Dieses Formular wurde schon mit anderem Text gesendet. Bitte senden Sie es noch einmal."
        }
        Fault::Off => "Das ist hier ausgeschaltet.",
        Fault::TooMany { retry_after_s } => {
            return format!(
                "Das war viel auf einmal. Bitte versuchen Sie es in {} noch einmal.",
                wait_de(*retry_after_s)
            );
        }
        Fault::Busy { retry_after_s } => {
            return format!(
                "Gerade ist viel los. Bitte versuchen Sie es in {} noch einmal.",
                wait_de(*retry_after_s)
            );
        }
        Fault::Malformed => "Das kam nicht lesbar an. Bitte versuchen Sie es noch einmal.",
        Fault::TooLarge => "Das ist mehr, als wir auf einmal annehmen können.",
        Fault::Internal => "Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.",
    };
    sentence.to_owned()
}

fn english_problem(problem: Problem) -> String {
    let sentence = match problem {
        Problem::Missing => "Please fill this in.",
        Problem::TooShort { min } => return format!("At least {min} characters, please."),
        Problem::TooLong { max } => return format!("At most {max} characters, please."),
        Problem::TooMany { max } => return format!("At most {max} of them, please."),
        Problem::ForbiddenCharacter => "This contains a character that does not belong here.",
        Problem::NotAnAddress => "This does not look like a mail address.",
        Problem::NotAKey => "The form is not complete. Please load the page again.",
        Problem::Taken => "Somebody has this already.",
        Problem::Unknown => "Please choose one of the list.",
        Problem::Invited => "This address has been invited already.",
        Problem::LastOwner => {
            "This is the last owner who can sign in. Make somebody else an owner first."
        }
        Problem::OwnersOnly => "Only owners may do this.",
        Problem::BeyondOwn => "You can only give what your own role allows.",
        Problem::InUse => "Somebody still has this.",
        Problem::BuiltIn => "This is built in and stays as it is.",
        Problem::WrongPassword => "This is not your password.",
    };
    sentence.to_owned()
}

fn german_problem(problem: Problem) -> String {
    let sentence = match problem {
        Problem::Missing => "Bitte füllen Sie dieses Feld aus.",
        Problem::TooShort { min } => return format!("Bitte mindestens {min} Zeichen."),
        Problem::TooLong { max } => return format!("Bitte höchstens {max} Zeichen."),
        Problem::TooMany { max } => return format!("Bitte höchstens {max} davon."),
        Problem::ForbiddenCharacter => "Hier steht ein Zeichen, das nicht hierher gehört.",
        Problem::NotAnAddress => "Das sieht nicht wie eine E-Mail-Adresse aus.",
        Problem::NotAKey => "Das Formular ist unvollständig. Bitte laden Sie die Seite neu.",
        Problem::Taken => "Das ist schon vergeben.",
        Problem::Unknown => "Bitte wählen Sie etwas aus der Liste.",
        Problem::Invited => "Diese Adresse ist schon eingeladen.",
        Problem::LastOwner => {
            "Das ist der letzte Inhaber, der sich anmelden kann. Machen Sie zuerst jemand anderen zum Inhaber."
        }
        Problem::OwnersOnly => "Das dürfen nur Inhaber.",
        Problem::BeyondOwn => "Sie können nur geben, was Ihre eigene Rolle erlaubt.",
        Problem::InUse => "Das hat noch jemand.",
        Problem::BuiltIn => "Das ist eingebaut und bleibt, wie es ist.",
        Problem::WrongPassword => "Das ist nicht Ihr Passwort.",
    };
    sentence.to_owned()
}

fn wait_en(seconds: u32) -> String {
    match seconds.div_ceil(60) {
        _ if seconds <= 1 => "a second".to_owned(),
        _ if seconds < 60 => format!("{seconds} seconds"),
        1 => "a minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    }
}

fn wait_de(seconds: u32) -> String {
    match seconds.div_ceil(60) {
        _ if seconds <= 1 => "einer Sekunde".to_owned(),
        _ if seconds < 60 => format!("{seconds} Sekunden"),
        1 => "einer Minute".to_owned(),
        minutes => format!("{minutes} Minuten"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_as_people_tell_it() {
        let told = [1, 30, 60, 61].map(wait_en);
        assert_eq!(told, ["a second", "30 seconds", "a minute", "2 minutes"]);
    }
}
