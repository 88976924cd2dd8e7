//! Waiting lists: joined, granted from, and admitted from by an edit, a release, a sweep, and by coming again.

use chrono::TimeDelta;
use serde_json::json;
use tests::world::{Link, verifier_of};

use super::Watched;

impl Watched {
    /// A link of one seat, which is taken, and somebody who waits, for another link's admin too.
    async fn full_link(&self, name: &str, fields: serde_json::Value) -> Link {
        let mut all = json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true});
        all.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
        let link = self.world.link(all).await;
        for person in ["in", "waits"] {
            self.register(&link, &format!("{name}-{person}@example.com")).await.expect_status(202);
        }
        let elsewhere = self.world.link(json!({"admission": "approval"})).await;
        self.register(&elsewhere, &format!("{name}-waits@example.com")).await.expect_status(202);
        link
    }

    /// The browser that registered takes the registration back: the next in line comes in, at once or for an admin to look at; on a
    /// link that has more people than seats; and from the line.
    async fn withdrawals(&self) {
        let withdraw = async |link: &Link, email: &str| {
            let body = json!({"email": email, "code_verifier": verifier_of('a')});
            let call = self.world.client.post(&format!("/v1/join/{}/withdraw", link.code), body);
            self.run("withdraw-registration", call).await.expect_status(204);
        };
        let list = json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true});
        let held = json!({"domains": {"only": ["a.example"], "others": "approval"}});
        for (number, fields) in [json!({}), json!({"admission": "approval"}), held].into_iter().enumerate() {
            let mut all = list.clone();
            all.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
            let link = self.world.link(all).await;
            let people = ["in", "next", "leaves"].map(|who| format!("{who}-{number}@a.example"));
            for email in &people {
                self.world.register_from('a', &link.code, email).await.expect_status(202);
            }
            withdraw(&link, &people[2]).await;
            self.lose_answers();
            withdraw(&link, &people[0]).await;
            assert_eq!(self.world.stats(&link).await["by_state"]["waiting"], 0, "the next has come in");
        }
        let link = self.world.link(json!({"cap": 2})).await;
        for email in ["over-1@a.example", "over-2@a.example"] {
            self.world.register_from('a', &link.code, email).await.expect_status(202);
        }
        self.edit(&link, json!({"cap": 1})).await;
        withdraw(&link, "over-1@a.example").await;
        self.deliver().await;
    }

    /// The browser that registered corrects the address: of a seat, of a seat that an admin is to look at, of one whose member is there
    /// otherwise too, to somebody who is there already, so that the next in line comes in, at once or for an admin to look at; and
    /// on a link that has more people than seats.
    async fn corrections(&self) {
        let correct = async |link: &Link, email: &str, to: &str| {
            let body = json!({"email": email, "code_verifier": verifier_of('a'), "new_email": to});
            let call = self.world.client.post(&format!("/v1/join/{}/correct-address", link.code), body);
            self.run("correct-registration", call).await.expect_status(202);
        };
        let list = json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true});
        for (number, admission) in ["instant", "approval"].into_iter().enumerate() {
            let mut fields = list.clone();
            fields["admission"] = json!(admission);
            let link = self.world.link(fields).await;
            let people = ["typo", "next", "there"].map(|who| format!("{who}-{number}@b.example"));
            for email in &people {
                self.world.register_from('a', &link.code, email).await.expect_status(202);
            }
            self.lose_answers();
            correct(&link, &people[0], &format!("right-{number}@b.example")).await;
            correct(&link, &people[2], &format!("third-{number}@b.example")).await;
            correct(&link, &format!("right-{number}@b.example"), &people[1]).await;
        }
        let held = json!({"cap": 2, "domains": {"only": ["b.example"], "others": "approval"}});
        let link = self.world.link(held).await;
        for email in ["typo-1@b.example", "over-2@b.example"] {
            self.world.register_from('a', &link.code, email).await.expect_status(202);
        }
        correct(&link, "typo-1@b.example", "typo-1@c.example").await;
        self.edit(&link, json!({"cap": 1})).await;
        correct(&link, "over-2@b.example", "typo-1@c.example").await;
        self.deliver().await;
    }

    /// Members leave: with units, so that the next comes in, at once or to be mailed; from the line; one whose mail is not sent yet;
    /// and a link that has more people than seats.
    async fn leavings(&self) {
        let (site, _) = self.world.site().await;
        let base = self.world.link(json!({})).await;
        let mut sessions = Vec::new();
        for email in ["lea@a.example", "leo@a.example", "lia@a.example"] {
            self.world.register(&base.code, email).await.expect_status(202);
            self.world.deliver().await;
            sessions.push(self.world.sign_in(email).await);
        }
        let join = async |session: &str, link: &Link| {
            let call = self.world.client.post(&format!("/v1/join/{}", link.code), json!({}));
            call.bearer(session).await.expect_status(200);
        };
        let leave = async |session: &str, link: &Link| {
            let call = self.world.client.delete(&format!("/v1/me/enrollments/{}", link.id));
            self.run("leave-link", call.bearer(session)).await.expect_status(204);
        };
        let list =
            json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true, "allocation": {"sites": [site]}});
        let link = self.world.link(list).await;
        for session in &sessions {
            join(session, &link).await;
        }
        // The session is noted as used.
        self.world.clock.advance(TimeDelta::minutes(6));
        leave(&sessions[2], &link).await;
        self.register(&link, "stranger@a.example").await.expect_status(202);
        self.lose_answers();
        leave(&sessions[0], &link).await;
        leave(&sessions[1], &link).await;
        assert_eq!(self.world.stats(&link).await["by_state"]["reserved"], 1, "the stranger is mailed");
        let approval = self.world.link(json!({"admission": "approval", "cap": 2})).await;
        for session in &sessions[..2] {
            join(session, &approval).await;
        }
        self.edit(&approval, json!({"cap": 1})).await;
        leave(&sessions[0], &approval).await;
        let reserved = self.world.link(json!({})).await;
        self.register(&reserved, "lea@a.example").await.expect_status(202);
        leave(&sessions[0], &reserved).await;
        self.deliver().await;
    }

    /// Every way from a waiting list to a seat.
    pub(super) async fn waiting_lists(&self) {
        let by_edit = self.full_link("edit", json!({})).await;
        self.edit(&by_edit, json!({"cap": 2})).await;

        let by_grant = self.full_link("grant", json!({"admit_waiting": false})).await;
        self.edit(&by_grant, json!({"cap": 2})).await;
        self.grant("grant-waits@example.com").await;

        let again = self.full_link("again", json!({"admit_waiting": false})).await;
        self.edit(&again, json!({"cap": 2})).await;
        self.register(&again, "again-waits@example.com").await.expect_status(202);

        let released = self.full_link("release", json!({})).await;
        let body = json!({"members": [self.world.member_id("release-in@example.com").await]});
        self.admin("revoke-access", self.world.client.post("/v1/members/revocations", body)).await;
        assert_eq!(self.world.stats(&released).await["by_state"]["waiting"], 0);
        let refused = self.full_link("refuse", json!({"admission": "approval"})).await;
        let body = json!({"members": [self.world.member_id("refuse-in@example.com").await]});
        self.admin("refuse-access", self.world.client.post("/v1/members/refusals", body)).await;
        assert_eq!(self.world.stats(&refused).await["by_state"]["pending"], 1, "the next has come in");
        let fields = json!({"domains": {"only": ["a.example"], "others": "approval"}});
        let instant = self.full_link("instant", fields).await;
        self.register(&instant, "next@a.example").await.expect_status(202);
        for person in ["instant-in", "instant-waits"] {
            let body = json!({"members": [self.world.member_id(&format!("{person}@example.com")).await]});
            self.admin("refuse-access", self.world.client.post("/v1/members/refusals", body)).await;
        }
        assert_eq!(self.world.stats(&instant).await["by_state"]["reserved"], 1, "the next is mailed");
        self.withdrawals().await;
        self.corrections().await;
        self.leavings().await;
        let by_hand = self.full_link("hand", json!({"admit_waiting": false})).await;
        let id = self.world.member_id("hand-waits@example.com").await;
        let body = json!({"members": [id], "mail": {"message": "The course is full."}});
        self.admin("refuse-access", self.world.client.post("/v1/members/refusals", body)).await;
        assert_eq!(self.world.stats(&by_hand).await["by_state"]["waiting"], 0);
        for (name, operation) in [("remove", "remove-enrollment"), ("erase", "erase-member")] {
            let link = self.full_link(name, json!({})).await;
            let id = self.world.member_id(&format!("{name}-in@example.com")).await;
            let path = match operation {
                "erase-member" => format!("/v1/members/{id}"),
                _ => format!("/v1/links/{}/enrollments/{id}", link.id),
            };
            self.admin(operation, self.world.client.delete(&path)).await;
            assert_eq!(self.world.stats(&link).await["by_state"]["waiting"], 0, "{operation}");
        }
        // For the sweep.
        self.full_link("sweep", json!({})).await;
        self.deliver().await;
    }
}
