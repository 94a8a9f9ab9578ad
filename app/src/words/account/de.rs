//! The words about making, finding and moving an account in German.

use pigeon_wire::proof::ProofKind;

use super::{AskWords, ProofWords};

pub(super) static WORDS: ProofWords = ProofWords {
    register: AskWords {
        title: "Konto anlegen",
        heading: |site| format!("Ein Konto bei {site}"),
        lead: "Geben Sie Ihre Adresse ein. Wir senden Ihnen einen Link; dahinter wählen Sie Ihren \
               Namen und ein Passwort.",
    },
    reset: AskWords {
        title: "Neues Passwort",
        heading: |site| format!("Ein neues Passwort für {site}"),
        lead: "Geben Sie die Adresse Ihres Kontos ein. Wir senden Ihnen einen Link, und dahinter \
               wählen Sie ein neues Passwort.",
    },
    email: "E-Mail-Adresse",
    send: "Link senden",
    sent: "Bitte sehen Sie in Ihr Postfach",
    sent_lead: "Wenn diese Adresse einen Link bekommen kann, ist eine Mail unterwegs. Das kann einige \
                Minuten dauern; sehen Sie auch im Spam-Ordner nach. Wenn Sie innerhalb einer \
                Viertelstunde noch einmal fragen, wird keine zweite Mail gesendet.",
    off: "Konten entstehen durch Einladung",
    off_lead: "Bitte lassen Sie sich vom Team einladen. Wenn Sie schon ein Konto haben, melden Sie \
               sich an.",
    log_in: "Anmelden",
    title: |kind| match kind {
        ProofKind::Register => "Ihr Konto anlegen",
        ProofKind::Reset => "Neues Passwort wählen",
        ProofKind::NewAddress => "Neue Adresse bestätigen",
        ProofKind::OldAddress => "Konto zurückholen",
    },
    lead: |kind, email| match kind {
        ProofKind::Register => {
            format!("Ihr Konto für {email}: Wählen Sie Ihren Namen und ein Passwort.")
        }
        ProofKind::Reset => format!(
            "Das neue Passwort für das Konto von {email}. Alle Browser, die dort angemeldet sind, \
             werden abgemeldet."
        ),
        ProofKind::NewAddress => format!(
            "Ab jetzt hat Ihr Konto die Adresse {email}: Damit melden Sie sich an, und dorthin gehen \
             Mails. Die bisherige Adresse erfährt davon und kann es eine Woche lang zurücknehmen."
        ),
        ProofKind::OldAddress => format!(
            "Ihr Konto bekommt die Adresse {email} zurück und ein neues Passwort. Alle Browser, die \
             dort angemeldet sind, werden abgemeldet."
        ),
    },
    act: |kind| match kind {
        ProofKind::Register => "Konto anlegen",
        ProofKind::Reset => "Passwort setzen",
        ProofKind::NewAddress => "Mit dem Konto umziehen",
        ProofKind::OldAddress => "Konto zurückholen",
    },
    sign_in_first: "Bitte melden Sie sich zuerst in Ihrem Konto an und kommen Sie dann hierher zurück.",
    other_account: "In diesem Browser ist ein anderes Konto angemeldet. Melden Sie es ab, melden Sie \
                    sich in dem Konto an, das umziehen soll, und öffnen Sie den Link noch einmal.",
    signs_out: "In diesem Browser ist ein anderes Konto angemeldet. Es wird abgemeldet, wenn Sie \
                fortfahren.",
    closed: "Dieser Link funktioniert nicht",
    closed_lead: "Er wurde benutzt, er ist abgelaufen, oder etwas Neueres hat ihn ersetzt.",
    again: "Neues Passwort anfordern",
};
