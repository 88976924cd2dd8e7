//! An organization's logo in its mails.

use crate::{
    config::Config,
    domain::{Logo, PictureSize},
};

/// The most room that a logo has, in pixels as CSS counts them.
const LOGO_SIZE: PictureSize = PictureSize { width: 240, height: 40 };

/// Where the organization's logo is, and how large it is shown. The address is the same for everybody, so that showing it tells
/// nothing of who reads the mail.
pub(super) struct LogoPlace {
    pub(super) url: String,
    pub(super) size: PictureSize,
}

impl LogoPlace {
    pub(super) fn of(config: &Config, logo: &Logo) -> Self {
        Self {
            url: format!("{}{}", config.base_url, logo.path()),
            size: logo.size.within(LOGO_SIZE.width, LOGO_SIZE.height),
        }
    }
}
