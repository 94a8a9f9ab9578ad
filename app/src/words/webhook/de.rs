//! The words about web hooks in German.

use pigeon_wire::webhook::{DeliveryState, HookEvent, HookWrong};

use super::WebhookWords;

pub(super) static WORDS: WebhookWords = WebhookWords {
    lead: "Ein Webhook erzählt einem anderen Programm, was hier geschieht: Pigeon schickt es dorthin als \
           JSON, unterschrieben (Standard Webhooks). Was nicht angenommen wird, wird einen Tag lang \
           wieder versucht; aus einem Gespräch kommt eines nach dem anderen. Direkte Gespräche und der \
           Papierkorb werden niemandem erzählt.",
    private: "Auf diesem Server dürfen Webhooks in private Netze führen und über einfaches http.",
    made: "Das Geheimnis Ihres neuen Webhooks",
    made_hint: "Kopieren Sie es jetzt: Es wird nicht noch einmal gezeigt. Der Empfänger prüft damit, dass \
                von hier ist, was er bekommt.",
    list: "Webhooks",
    none: "Es gibt keinen Webhook.",
    on: "An",
    off: "Aus",
    gone: "Aus, weil der Empfänger sagte, dass es ihn nicht mehr gibt (410),",
    made_by: |who| format!("angelegt von {who}"),
    told: "Erfährt:",
    team: "Mit dem, was nur das Team sieht",
    team_hint: "Auch interne Notizen, wer sich um ein Gespräch kümmert und die Adresse des Kunden \
                verlassen dann das Haus. Ohne das verlässt es nichts, was der Kunde nicht sehen könnte.",
    public: "nur, was alle in einem Gespräch sehen",
    failed: |count| format!("{count} fehlgeschlagen"),
    waiting: |count| format!("{count} warten"),
    event: |event| match event {
        HookEvent::MessageCreated => "Neue Nachrichten",
        HookEvent::ThreadCreated => "Neue Gespräche",
        HookEvent::StatusChanged => "Änderungen des Status",
        HookEvent::Assigned => "Zuweisungen",
    },
    event_hint: |event| match event {
        HookEvent::MessageCreated => "message.created",
        HookEvent::ThreadCreated => "thread.created",
        HookEvent::StatusChanged => "thread.status_changed",
        HookEvent::Assigned => "thread.assigned, nur mit dem, was das Team sieht",
    },
    log: "Zustellungen",
    log_of: |name| format!("Zustellungen von {name}"),
    turn_on: "Einschalten",
    turn_off: "Ausschalten",
    delete: "Löschen",
    delete_lead: "Er erfährt nichts mehr, und seine Zustellungen gehen mit.",
    act_on: |act, what| format!("{act}: {what}"),
    new: "Neuer Webhook",
    name: "Name",
    name_hint: "Für welches Programm er ist.",
    url: "Adresse",
    url_hint: "Wo das Programm zuhört, etwa https://crm.example.org/pigeon.",
    events: "Was er erfährt",
    make: "Webhook anlegen",
    refused: "Er wurde nicht angelegt. Bitte prüfen Sie, was markiert ist.",
    wrong: |wrong| match wrong {
        HookWrong::Name => "Er braucht einen Namen in einer Zeile, mit höchstens 100 Zeichen.",
        HookWrong::Address => {
            "Dorthin lässt sich nichts schicken. Die Adresse hat keinen Benutzer, kein # und höchstens \
             2000 Zeichen."
        }
        HookWrong::Http => "Sie muss mit https:// beginnen.",
        HookWrong::Private => {
            "Das führt in ein privates Netz. Wer den Server betreibt, kann das erlauben \
             (PIGEON_WEBHOOK_PRIVATE)."
        }
        HookWrong::NoEvent => "Wählen Sie mindestens eines.",
        HookWrong::TeamOnly => "Zuweisungen gibt es nur zusammen mit dem, was das Team sieht.",
    },
    back: "Alle Webhooks",
    log_lead: "Was aus jeder Zustellung wurde, neueste zuerst, 30 Tage lang. Was darin stand, wird nicht \
               gezeigt.",
    no_delivery: "Er hat noch nichts erfahren.",
    state: |state| match state {
        DeliveryState::Queued => "Wartet",
        DeliveryState::Leased => "Unterwegs",
        DeliveryState::Deferred => "Aufgeschoben",
        DeliveryState::Sent => "Angenommen",
        DeliveryState::Failed => "Fehlgeschlagen",
        DeliveryState::Dropped => "Nicht gesendet",
    },
    happened: "geschehen",
    next: "nächster Versuch",
    settled: "erledigt",
    attempts: |count| match count {
        1 => "einmal versucht".to_owned(),
        count => format!("{count}-mal versucht"),
    },
    answered: |status| format!("Antwort {status}"),
    replay: "Noch einmal senden",
    try_now: "Jetzt versuchen",
    replay_failed: "Alle fehlgeschlagenen noch einmal senden",
    older: "Ältere",
    newest: "Neueste",
    done: |what| match what {
        "hook_on" => Some("An: Er erfährt, was ab jetzt geschieht."),
        "hook_off" => Some("Aus: Er erfährt nichts mehr. Was auf ihn wartet, wartet weiter."),
        "hook_deleted" => Some("Der Webhook ist gelöscht."),
        "replayed" => Some("Wieder unterwegs."),
        _ => None,
    },
};
