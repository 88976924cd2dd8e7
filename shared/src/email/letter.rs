//! What our mails say: the words of the reader's language, laid out once as a text and once as a page.
//!
//! Nothing a stranger typed goes into a mail to an address nobody has proven: no name of a member, no text of a link.
//! Otherwise a registration form would send anybody's words to anybody, in our name. What an admin writes to people whom they refuse
//! is marked as theirs, and nothing in it can be clicked.

mod accent;
mod logo_place;
mod quotation;
#[cfg(test)]
mod tests;

use askama::Template;
use chrono::TimeDelta;

use accent::Accent;
use logo_place::LogoPlace;
use quotation::Quotation;

use super::named_address::named_address;
use crate::{
    config::Config,
    domain::{
        Access, Cap, EmailAddress, Language, Link, LinkId, LoginCode, LoginToken, LongText, MailId, MailKind,
        Organization, Overflow, Webhook,
    },
    locale::{self, Filling},
};

/// The most characters on a line of the text part, but for addresses of pages.
const LINE: usize = 72;

/// A message ready to send. It holds a login token: neither store nor log it, and it has no `Debug` for that reason.
pub struct Letter {
    /// The organization it speaks for, and the address of the system's mail: what mail programs show as the sender.
    pub from: String,
    /// Where an answer goes: the organization's support contact, or else the system's, where that is an address.
    pub reply_to: Option<EmailAddress>,
    /// The stored address of the member it is for, never one just submitted.
    pub to: EmailAddress,
    /// One line.
    pub subject: String,
    /// The text every client can show.
    pub text: String,
    /// The same, as a page.
    pub html: String,
    /// Names and values SES reports events under: ASCII letters, digits, `_` and `-`.
    pub tags: Vec<(&'static str, String)>,
}

/// A message could not be written. Only a fault in a template can cause it.
#[derive(Debug, thiserror::Error)]
#[error("could not write the mail")]
pub enum LetterError {
    /// A template failed.
    Template(#[from] askama::Error),
    /// The sender's name could not be written.
    Sender(#[from] std::fmt::Error),
}

/// What a letter is made of.
pub struct LetterParts<'a> {
    /// The mail it is the message of.
    pub mail: MailId,
    /// Why it is written.
    pub kind: MailKind,
    /// The stored address of the member.
    pub to: &'a EmailAddress,
    /// The language it is written in: the member's, or else the organization's.
    pub language: Language,
    /// The organization it speaks for.
    pub organization: &'a Organization,
    /// What its button opens.
    pub about: About<'a>,
}

/// What a letter's button opens.
#[derive(Clone, Copy)]
pub enum About<'a> {
    /// The sign-in, with what was just minted for it.
    Login {
        /// The token that the button carries.
        token: &'a LoginToken,
        /// The code to type in the browser that asked, if it can prove that it did.
        code: Option<&'a LoginCode>,
        /// How long both are good.
        life: TimeDelta,
    },
    /// The page of a link, for its admin. It carries no token: who gets it did not ask for it.
    Link(&'a Link),
    /// The page of the webhooks, for an admin of one of them. It carries no token either.
    Webhook(&'a Webhook),
    /// Nothing: the letter has no button. It tells of a refusal, and quotes what the admin wrote, if they wrote anything.
    Refusal(Option<&'a LongText>),
    /// Nothing: the letter has no button.
    Nothing,
}

/// The page on which admins see and edit a link.
#[must_use]
pub fn link_url(config: &Config, link: LinkId) -> String {
    format!("{}/admin/links/{link}", config.base_url)
}

/// The page on which admins see their webhooks.
#[must_use]
pub fn webhooks_url(config: &Config) -> String {
    format!("{}/admin/webhooks", config.base_url)
}

/// The page a login link opens. A person's click there spends the token; opening the page does not.
#[must_use]
pub fn login_url(config: &Config, token: &LoginToken) -> String {
    format!("{}/sign-in?t={}", config.base_url, token.reveal())
}

/// How long the token in a mail of this kind to a member with this access is good for. Who registers for the first time may not look
/// into their mail before the evening; who has access can ask for another link at any time.
#[must_use]
pub fn token_life(config: &Config, kind: MailKind, access: Access) -> TimeDelta {
    let first = kind == MailKind::Registration && access != Access::Granted;
    if kind.was_asked_for() && !first { config.login_token_life } else { config.grant_token_life }
}

impl Letter {
    /// Writes the letter.
    ///
    /// # Errors
    /// [`LetterError`] if a template fails.
    pub fn write(config: &Config, parts: &LetterParts<'_>) -> Result<Self, LetterError> {
        let words = words(config, parts);
        let html = Page { words: &words }.render()?;
        // A name has no line breaks, but a subject with one would be a header of its own: not left to chance.
        let subject = words.title.trim().replace(char::is_control, " ");
        let text = Text { words: &words.wrapped() }.render()?;
        let tags = vec![("kind", parts.kind.name().to_owned()), ("mail", parts.mail.to_string())];
        let from = named_address(parts.organization.name.as_str(), &config.mail_from)?;
        let reply_to = contact(config, parts.organization).and_then(|contact| EmailAddress::parse(&contact).ok());
        Ok(Self { from, reply_to, to: parts.to.clone(), subject, text, html, tags })
    }
}

/// Where people turn for help: the organization's own contact goes before the system's.
fn contact(config: &Config, organization: &Organization) -> Option<String> {
    organization.support_contact.as_ref().map(ToString::to_string).or_else(|| config.support_contact.clone())
}

fn words(config: &Config, parts: &LetterParts<'_>) -> Words {
    let name = &parts.organization.name;
    let texts = Texts::new(parts);
    let contact = contact(config, parts.organization);
    let button = |action, url| Some(ButtonWords { action, url, fails: texts.text("button-fails") });
    let (button, again) = match parts.about {
        About::Login { token, life, .. } => {
            (button(texts.of("action"), login_url(config, token)), Some(again(config, parts, life)))
        }
        About::Link(link) => (button(texts.text("alert-action"), link_url(config, link.id)), None),
        About::Webhook(_) => (button(texts.text("webhook-action"), webhooks_url(config)), None),
        About::Refusal(_) | About::Nothing => (None, None),
    };
    let code = match parts.about {
        About::Login { code: Some(code), .. } => Some(CodeWords {
            type_it: texts.text("code-type"),
            code: code.reveal(),
            only_there: texts.text_with("code-only-there", ("host", config.base_url.host())),
        }),
        _ => None,
    };
    let otherwise = match parts.about {
        About::Login { .. } | About::Refusal(_) | About::Nothing => texts.of("otherwise"),
        About::Link(_) | About::Webhook(_) => texts.text("alert-otherwise"),
    };
    let quotation = match parts.about {
        About::Refusal(Some(message)) => Some(Quotation::new(texts.of("quotation"), message)),
        _ => None,
    };
    Words {
        lang: parts.language.tag(),
        organization: name.to_string(),
        accent: Accent::of(parts.organization),
        logo: parts.organization.logo.map(|logo| LogoPlace::of(config, &logo)),
        title: texts.of("title"),
        reason: texts.of("reason"),
        quotation,
        button,
        code,
        again,
        otherwise,
        support: contact.map(|contact| Support { questions: texts.text("questions"), href: href(&contact), contact }),
    }
}

fn again(config: &Config, parts: &LetterParts<'_>, life: TimeDelta) -> Again {
    let language = parts.language;
    let life = locale::life(language, life);
    Again {
        life: locale::text_with(language, "link-life", &[("life", Filling::Text(&life))]),
        ask: locale::text(language, "ask-again"),
        url: format!("{}/sign-in", config.base_url),
    }
}

/// The texts of one letter, with what is filled into them.
struct Texts<'a> {
    language: Language,
    kind: String,
    organization: &'a str,
    about: About<'a>,
    date: String,
}

impl<'a> Texts<'a> {
    fn new(parts: &LetterParts<'a>) -> Self {
        let language = parts.language;
        let Organization { name, time_zone, .. } = parts.organization;
        let date = match parts.about {
            About::Login { .. } | About::Refusal(_) | About::Nothing => None,
            About::Link(link) => link.expires_at,
            About::Webhook(webhook) => webhook.failing_since,
        };
        let date = date.map(|at| locale::date_time(language, *time_zone, at));
        Self {
            language,
            kind: parts.kind.name().replace('_', "-"),
            organization: name.as_str(),
            about: parts.about,
            date: date.unwrap_or_default(),
        }
    }

    fn of(&self, part: &str) -> String {
        self.text(&format!("{}-{part}", self.kind))
    }

    fn text(&self, key: &str) -> String {
        self.filled(key, Vec::new())
    }

    fn text_with(&self, key: &str, (name, text): (&str, &str)) -> String {
        self.filled(key, vec![(name, Filling::Text(text))])
    }

    fn filled<'f>(&'f self, key: &str, mut fillings: Vec<(&'f str, Filling<'f>)>) -> String {
        fillings.extend([("organization", Filling::Text(self.organization)), ("date", Filling::Text(&self.date))]);
        match self.about {
            About::Login { .. } | About::Refusal(_) | About::Nothing => {}
            About::Link(link) => {
                fillings.push(("link", Filling::Text(link.name.as_str())));
                fillings.push(("waiting", Filling::Number(link.alerts.waiting.map_or(0, |told| told.waiting))));
                fillings.push(("cap", Filling::Number(link.cap.map_or(0, Cap::seats))));
                fillings.push(("overflow", Filling::Text(newcomers(link.intake.overflow))));
            }
            About::Webhook(webhook) => fillings.push(("host", Filling::Text(webhook.host()))),
        }
        locale::text_with(self.language, key, &fillings)
    }
}

/// What becomes of newcomers once a link is full or has expired, as the texts tell it apart.
const fn newcomers(overflow: Overflow) -> &'static str {
    match overflow {
        Overflow::Refuse => "refuse",
        Overflow::WaitingList => "waiting_list",
    }
}

/// What the templates say.
struct Words {
    lang: &'static str,
    organization: String,
    accent: Accent,
    logo: Option<LogoPlace>,
    title: String,
    reason: String,
    quotation: Option<Quotation>,
    button: Option<ButtonWords>,
    code: Option<CodeWords>,
    again: Option<Again>,
    otherwise: String,
    support: Option<Support>,
}

/// What a letter's button says and opens, and what to do where it can't be pressed.
struct ButtonWords {
    action: String,
    url: String,
    fails: String,
}

/// A code to type, and where.
struct CodeWords {
    type_it: String,
    code: String,
    only_there: String,
}

/// How long a login link is good, and where the next one is.
struct Again {
    life: String,
    ask: String,
    url: String,
}

/// Where to turn for help.
struct Support {
    questions: String,
    contact: String,
    href: Option<String>,
}

impl Words {
    /// The same in lines that every client shows whole.
    fn wrapped(self) -> Self {
        Self {
            organization: wrap(&self.organization),
            reason: wrap(&self.reason),
            quotation: self.quotation.map(Quotation::wrapped),
            code: self.code.map(|code| CodeWords {
                type_it: wrap(&code.type_it),
                only_there: wrap(&code.only_there),
                ..code
            }),
            again: self.again.map(|again| Again { life: wrap(&again.life), ask: wrap(&again.ask), ..again }),
            otherwise: wrap(&self.otherwise),
            ..self
        }
    }
}

#[derive(Template)]
#[template(path = "mail/layout.html")]
struct Page<'a> {
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "mail/layout.txt")]
struct Text<'a> {
    words: &'a Words,
}

/// What a click on a contact opens; nothing for one that is neither an address nor a page, such as a telephone number.
fn href(contact: &str) -> Option<String> {
    if contact.starts_with("https://") {
        return Some(contact.to_owned());
    }
    EmailAddress::parse(contact).ok().map(|address| format!("mailto:{}", address.deliverable()))
}

/// Breaks a text between words, so that no line is longer than [`LINE`] characters unless one word is.
fn wrap(text: &str) -> String {
    let mut wrapped = String::with_capacity(text.len() + 8);
    let mut length = 0;
    for word in text.split_ascii_whitespace() {
        let characters = word.chars().count();
        if length > 0 && length + 1 + characters > LINE {
            wrapped.push('\n');
            length = 0;
        } else if length > 0 {
            wrapped.push(' ');
            length += 1;
        }
        wrapped.push_str(word);
        length += characters;
    }
    wrapped
}
