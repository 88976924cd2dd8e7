//! Expiry in the organization's own time.

use chrono::{Days, FixedOffset, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use tests::World;

/// Tokyo has had one offset for as long as anybody here has lived.
fn tokyo() -> FixedOffset {
    FixedOffset::east_opt(9 * 3600).unwrap()
}

fn in_days(days: u64) -> NaiveDate {
    Utc::now().with_timezone(&tokyo()).date_naive() + Days::new(days)
}

#[tokio::test]
async fn a_date_is_the_end_of_that_day_where_the_organization_is() {
    let world = World::start().await;
    let other = world.other_organization("admin@tokyo.example").await;
    let day = in_days(30);
    let body = json!({"name": "Link", "admission": "instant", "expires": day.to_string()});
    let made = world.client.post("/v1/links", body.clone()).bearer(&other).await.expect_status(201).json();
    assert_eq!(made["expires_local"], format!("{day} 23:59 Asia/Tokyo"));
    assert_eq!(made["expires_at"], format!("{day}T15:00:00.000Z"));

    let made = world.post("/v1/links", body).await.expect_status(201).json();
    assert_eq!(made["expires_local"], format!("{day} 23:59 Europe/Berlin"));
    let summer_or_winter = ["22", "23"].map(|hour| json!(format!("{day}T{hour}:00:00.000Z")));
    assert!(summer_or_winter.contains(&made["expires_at"]), "{made}");
}

#[tokio::test]
async fn an_instant_is_shown_in_the_organizations_zone() {
    let world = World::start().await;
    let other = world.other_organization("admin@tokyo.example").await;
    let day = in_days(30);
    for (sent, shown) in [
        (format!("{day}T10:30:00+00:00"), format!("{day} 19:30 Asia/Tokyo")),
        (format!("{day}T10:30:00Z"), format!("{day} 19:30 Asia/Tokyo")),
        (format!("{day}T10:30:00-05:00"), format!("{} 00:30 Asia/Tokyo", day + Days::new(1))),
    ] {
        let body = json!({"name": "Link", "admission": "instant", "expires": sent});
        let made = world.client.post("/v1/links", body).bearer(&other).await.expect_status(201).json();
        assert_eq!(made["expires_local"], shown);
    }
}

#[tokio::test]
async fn today_is_not_over_where_the_organization_is() {
    let world = World::start().await;
    let other = world.other_organization("admin@tokyo.example").await;
    let create = |day: NaiveDate| {
        let body = json!({"name": "Link", "admission": "instant", "expires": day.to_string()});
        world.client.post("/v1/links", body).bearer(&other)
    };
    // Around midnight in Tokyo "today" may have become yesterday since it was looked up.
    let today = in_days(0);
    let made = create(today).await;
    assert!(made.status == 201 || in_days(0) != today, "{}", made.text());
    let refused = create(today - Days::new(1)).await.expect_status(422).json();
    assert_eq!(refused["error"]["fields"]["expires"], "must be in the future");
}

#[tokio::test]
async fn a_link_past_its_expiry_is_closed_and_extending_it_opens_it_again() {
    let mut world = World::start().await;
    let soon = (Utc::now() + TimeDelta::hours(2)).to_rfc3339();
    let link = world.link(json!({"expires": soon, "cap": 3})).await;
    let path = format!("/v1/join/{}", link.code);
    let _ = world.client.get(&path).await.expect_status(200);
    world.register(&link.code, "ana@example.com").await.expect_status(202);

    // Closed the moment it expires; the sweep only notes it.
    world.clock.advance(TimeDelta::hours(2));
    for swept in [false, true] {
        if swept {
            let swept = world.running.run_schedule("sweep-expired").await.unwrap();
            assert_eq!(swept["links_expired"], 1, "{swept}");
        }
        let looked_at = world.client.get(&path).await.expect_status(410);
        assert_eq!(looked_at.error_code(), "link_expired");
        let registered = world.register(&link.code, "bo@example.com").await.expect_status(410);
        assert_eq!(registered.error_code(), "link_expired");
    }
    world.sign_in_admin_again().await;
    let shown = world.show(&link).await;
    assert_eq!((&shown["status"], &shown["state"]), (&json!("expired"), &json!("active")));

    let until = Utc::now() + TimeDelta::days(3);
    let edited = world.edit(&link, json!({"expires": until.to_rfc3339()})).await.expect_status(200).json();
    assert_eq!((&edited["status"], &edited["seats"]), (&json!("open"), &json!({"taken": 1, "free": 2})));
    let _ = world.client.get(&path).await.expect_status(200);
    world.register(&link.code, "bo@example.com").await.expect_status(202);
    world.check_books(&link);

    // And it expires again, and is noted again; without an expiry it is open for good.
    world.clock.advance(TimeDelta::days(3));
    let registered = world.register(&link.code, "cy@example.com").await.expect_status(410);
    assert_eq!(registered.error_code(), "link_expired");
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    let edited = world.edit(&link, json!({"expires": null})).await.expect_status(200).json();
    assert_eq!((&edited["expires_at"], &edited["expires_local"]), (&json!(null), &json!(null)));
    world.register(&link.code, "cy@example.com").await.expect_status(202);
    world.check_books(&link);
}
