//! An organization's logo: a picture on its workers' pages, in its mails and on its posters.

use serde::{Deserialize, Serialize};

use super::{LogoHash, OrganizationId, Picture, PictureKind, PictureSize};

/// Where an organization's logo is and how large: what pages and mails need to leave room for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// What it is found by.
    pub hash: LogoHash,
    /// Its format.
    pub kind: PictureKind,
    /// How large it is.
    #[serde(flatten)]
    pub size: PictureSize,
}

/// The picture of a logo: an item of its own, so that reading the organization costs the same with a logo as without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoPicture {
    /// What it is found by.
    pub hash: LogoHash,
    /// Whose logo it is.
    pub organization: OrganizationId,
    /// Its format.
    pub kind: PictureKind,
    /// The picture itself, as the table's binary type: a list of numbers would be several times as large.
    #[serde(with = "serde_bytes")]
    pub picture: Vec<u8>,
}

impl Logo {
    /// The logo of an organization, and its picture.
    #[must_use]
    pub fn of(organization: OrganizationId, picture: &Picture) -> (Self, LogoPicture) {
        let hash = LogoHash::of_picture(organization, picture.bytes());
        let kind = picture.kind();
        let logo = Self { hash, kind, size: picture.size() };
        (logo, LogoPicture { hash, organization, kind, picture: picture.bytes().to_vec() })
    }

    /// Where everybody finds it, below the base address.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/v1/logos/{}", self.hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_two_organizations_with_one_picture_apart() {
        let [one, other] = ["1", "2"]
            .map(|digit| OrganizationId::parse(&format!("{}-1111-4111-8111-111111111111", digit.repeat(8))).unwrap());
        let hash = LogoHash::of_picture(one, b"picture");
        assert_eq!(hash, LogoHash::of_picture(one, b"picture"));
        assert_ne!(hash, LogoHash::of_picture(other, b"picture"));
        assert_ne!(hash, LogoHash::of_picture(one, b"another"));
        assert_eq!(LogoHash::parse(&hash.to_string()), Ok(hash));
    }
}
