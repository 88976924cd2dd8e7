//! The colours of a mail.

use crate::domain::{Organization, Shades};

/// The colours of links and of the button. Mails are light in every mail program: what stands beside them is.
pub(super) struct Accent {
    pub link: String,
    pub button: String,
    /// Of the button's edge.
    pub edge: String,
    /// Of the button's words.
    pub text: String,
}

impl Accent {
    /// The organization's own, or else ours.
    pub(super) fn of(organization: &Organization) -> Self {
        let ours = ["#0b4f9e", "#0b4f9e", "#0b4f9e", "#ffffff"].map(str::to_owned);
        let [link, button, edge, text] = organization.accent_color.map_or(ours, |chosen| {
            let Shades { color, button, .. } = chosen.shades().light;
            [color, button.color, button.edge, button.text].map(|color| color.to_string())
        });
        Self { link, button, edge, text }
    }
}
