//! The first owner: a plain form behind a one-time link.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::text::{EMAIL_CHARS_MAX, NAME_CHARS_MAX, PASSWORD_CHARS_MAX};

use super::form::refusal;
use super::outside::{Outside, door};
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::words::door::words;

/// The page that makes the first owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The page's own address, with the one-time token that allows it.
    pub here: String,
    /// The form; nothing where the link was used already, or never was one.
    pub form: Option<OwnerForm>,
}

/// The form of the first owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnerForm {
    /// The name typed so far.
    pub name: String,
    /// The address typed so far.
    pub email: String,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
}

impl Outside for Setup {
    fn title(&self) -> &'static str {
        words().setup_title
    }

    fn view(&self, site: &str) -> AnyView {
        let words = words();
        let body = match &self.form {
            Some(form) => form.view(&self.here),
            None => view! {
                <p>{words.setup_used}</p>
                <a class="btn" href="/login">{words.log_in}</a>
            }
            .boxed(),
        };
        door(&self.here, (words.setup_heading)(site), body)
    }
}

impl OwnerForm {
    fn view(&self, here: &str) -> AnyView {
        let words = words();
        let fields = [Name::Name, Name::Email, Name::Password];
        let [name_problem, email_problem, password_problem] =
            fields.map(|name| problem_of(self.fault.as_ref(), name));
        view! {
            <p>{words.setup_intro}</p>
            {refusal(self.fault.as_ref(), &fields)}
            <form method="post" action=here.to_owned()>
                <Field
                    name=Name::Name
                    label=words.name
                    value=self.name.clone()
                    problem=name_problem
                    max=NAME_CHARS_MAX
                    autocomplete="name"
                />
                <Field
                    name=Name::Email
                    label=words.email
                    value=self.email.clone()
                    problem=email_problem
                    max=EMAIL_CHARS_MAX
                    kind="email"
                    autocomplete="username"
                />
                <Field
                    name=Name::Password
                    label=words.password
                    value=String::new()
                    problem=password_problem
                    max=PASSWORD_CHARS_MAX
                    kind="password"
                    autocomplete="new-password"
                    hint=words.password_hint
                />
                <button class="btn primary" type="submit">{words.create}</button>
            </form>
        }
        .boxed()
    }
}
