//! People who come from a file: nothing lost on a bad row, nobody made or mailed twice, whatever happens to the workers.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Boundary, FaultPlan},
    http::{Answer, Call},
};

use crate::refusals::{Still, refused};

/// A site without modules.
const EMPTY: &str = "00000000-0000-4000-8000-0000000000ab";

fn upload(world: &World, query: &str, file: impl Into<Vec<u8>>) -> Call {
    let call = world.client.call("POST".parse().unwrap(), &format!("/v1/jobs/imports?{query}"));
    call.body("text/csv", file.into()).bearer(&world.admin)
}

async fn accepted(world: &World, query: &str, file: &str) -> Value {
    let answer: Answer = upload(world, query, file).await.expect_status(202);
    answer.json()
}

/// Brings a file in and gives the job as it ended, with its report by row.
async fn import(world: &World, query: &str, file: &str) -> (Value, BTreeMap<u64, Value>) {
    let id = accepted(world, query, file).await["id"].as_str().unwrap().to_owned();
    let job = world.ended_job(&id).await;
    let rows = world.report(&id).await;
    (job, rows.into_iter().map(|row| (row["row"].as_u64().unwrap(), row)).collect())
}

fn member<'m>(members: &'m [Value], email: &str) -> &'m Value {
    members.iter().find(|member| member["email"]["S"] == email).unwrap_or_else(|| panic!("nobody has {email}"))
}

fn mails_to(world: &World, member: &Value) -> usize {
    let of_member = |mail: &&Value| mail["member"] == member["id"] && mail["kind"]["S"] == "grant";
    world.items("mail").iter().filter(of_member).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_people_is_brought_in_row_by_row_with_a_report() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let (other, _) = world.site().await;
    let link = world.link(json!({"admission": "approval", "allocation": {"sites": [other]}})).await;
    for email in ["pending@example.com", "out@example.com"] {
        world.register(&link.code, email).await.expect_status(202);
    }
    let out = world.member_id("out@example.com").await;
    world.post("/v1/members/revocations", json!({"members": [out]})).await.expect_status(200);
    let file = format!(
        "\u{feff}Name;Email;Sites\r\n\
         Ana Łoś;Ana@Example.com;Site 0\r\n\
         Bo;bo@example.com;\r\n\
         Bo again;BO@example.com;\r\n\
         ;nobody@example.com;\r\n\
         =Cy;not an address;\r\n\
         Dee;dee@example.com;Nowhere\r\n\
         Pen;pending@example.com;{site}\r\n\
         Out;out@example.com;\r\n"
    );
    let (job, rows) = import(&world, "access=granted", &file).await;
    assert_eq!((&job["state"], &job["kind"], &job["total"]), (&json!("done"), &json!("imports"), &json!(8)));
    let expected =
        json!({"created": 2, "granted": 1, "duplicate_in_file": 1, "invalid": 2, "unknown_unit": 1, "revoked": 1});
    assert_eq!(job["outcomes"], expected);
    assert_eq!(job["import"], json!({"access": "granted", "dry_run": false}));
    let told = |row: u64| (rows[&row]["outcome"].clone(), rows[&row]["field"].clone());
    assert_eq!(told(4), (json!("duplicate_in_file"), json!("email")));
    assert_eq!(told(5), (json!("invalid"), json!("name")));
    assert_eq!(told(6), (json!("invalid"), json!("email")));
    assert_eq!(told(7), (json!("unknown_unit"), json!("sites")));
    assert_eq!(told(9), (json!("revoked"), Value::Null));
    assert_eq!((&rows[&2]["name"], &rows[&2]["email"]), (&json!("Ana Łoś"), &json!("Ana@Example.com")));
    assert!(rows[&6]["reason"].as_str().unwrap().len() > 10);
    let why = |row: u64| rows[&row]["why"].clone();
    assert_eq!((why(4), why(5)), (json!({"code": "earlier_row"}), json!({"code": "empty"})));
    assert_eq!((why(6), why(7)), (json!({"code": "no_address"}), json!({"code": "unknown_unit"})));
    assert_eq!((why(2), why(9)), (Value::Null, Value::Null), "who is skipped is told by the outcome");

    let members = world.items("member");
    let ana = member(&members, "Ana@Example.com");
    assert_eq!((&ana["access"]["S"], &ana["sites"]["SS"]), (&json!("granted"), &json!([site])));
    assert_eq!(ana["assigned"]["M"]["sites"]["SS"], json!([site]), "by hand, as it were");
    let pen = member(&members, "pending@example.com");
    assert_eq!((&pen["access"]["S"], pen["sites"]["SS"].as_array().unwrap().len()), (&json!("granted"), 2));
    assert_eq!(world.stats(&link).await["by_state"]["enrolled"], 1, "what they waited for has landed");
    assert_eq!(member(&members, "out@example.com")["access"]["S"], "revoked");
    for (email, mails) in
        [("Ana@Example.com", 1), ("bo@example.com", 1), ("pending@example.com", 1), ("out@example.com", 0)]
    {
        assert_eq!(mails_to(&world, member(&members, email)), mails, "{email}");
    }
    world.sign_in("Ana@Example.com").await;
    let in_site = world.get(&format!("/v1/members?unit={site}")).await.expect_status(200).json();
    assert_eq!(in_site["members"].as_array().unwrap().len(), 2);
    assert_eq!(world.items("job_page").len(), 0, "the rows of the file are gone");
    let audit = world.items("audit");
    let acts = |act: &str| audit.iter().filter(|record| record["act"]["S"] == act).count();
    assert_eq!((acts("import_ordered"), acts("member_imported")), (1, 3));
    assert!(!audit.iter().any(|record| record.to_string().contains("example.com")), "by id alone");

    // The same file again: nobody is made or mailed, and what was wrong is wrong.
    let (job, _) = import(&world, "access=granted", &file).await;
    let expected = json!({"already": 3, "duplicate_in_file": 1, "invalid": 2, "unknown_unit": 1, "revoked": 1});
    assert_eq!(job["outcomes"], expected);
    assert_eq!(world.items("member").len(), members.len());
    assert_eq!(mails_to(&world, ana), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_may_be_brought_in_to_wait_and_put_in_more_units() {
    let world = World::start().await;
    let (one, _) = world.site().await;
    let (two, _) = world.site().await;
    let (job, _) = import(&world, "access=pending", &format!("name,email,sites\nAna,ana@example.com,{one}\n")).await;
    assert_eq!(job["outcomes"], json!({"created": 1}));
    assert_eq!(world.mails_to("ana@example.com"), 0);
    let pending = world.get("/v1/members?access=pending").await.expect_status(200).json();
    assert_eq!(pending["members"][0]["email"], "ana@example.com");
    let (job, _) =
        import(&world, "access=pending", &format!("email,name,sites\nana@example.com,Anna,{one};{two}\n")).await;
    assert_eq!(job["outcomes"], json!({"updated": 1}));
    // An order for all who wait lets them in, in both.
    let id = world.start_grants(json!({"unit": two})).await;
    assert_eq!(world.ended_job(&id).await["outcomes"], json!({"granted": 1}));
    let session = world.sign_in("ana@example.com").await;
    let mine = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert_eq!((mine["sites"].as_array().unwrap().len(), &mine["member"]["name"]), (2, &json!("Ana")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dry_run_tells_and_does_nothing() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let people = |world: &World| (world.items("member"), world.items("mail").len(), world.items("unit_member"));
    let before = people(&world);
    let file = "name,email\nAna,ana@example.com\nBo,bo@example.com\nCy,x\n";
    let (job, rows) = import(&world, "access=granted&dry_run=true", file).await;
    assert_eq!(job["outcomes"], json!({"granted": 1, "created": 1, "invalid": 1}));
    assert_eq!((rows.len(), &rows[&3]["outcome"], &rows[&3]["mail"]), (3, &json!("created"), &Value::Null));
    assert_eq!(people(&world), before);
    assert_eq!(world.items("job_page").len(), 0);
    let page = world.get("/v1/audit?by=system").await.expect_status(200).json();
    assert_eq!(page["records"].as_array().unwrap().len(), 1, "the checked file is the admin's act");
    let acts = async |act: &str| world.get(&format!("/v1/audit?act={act}")).await.json()["records"].clone();
    assert_eq!(acts("import_ordered").await, json!([]), "nobody was brought in");
    let (site, _) = world.site().await;
    world.put(&format!("/v1/units/{EMPTY}"), json!({"kind": "site", "name": "Empty"})).await.expect_status(200);
    let file = format!("name,email,sites\nAna,ana@x.com,{site}\nBo,bo@x.com,{EMPTY}\nCy,cy@x.com,\nDee,dee,\n");
    let told = accepted(&world, "access=granted&dry_run=true", &file).await;
    assert_eq!(told["file"]["without_training"], 2, "{told}");
    assert_eq!(acts("import_checked").await[1]["subject"], json!({"kind": "job", "id": job["id"], "name": null}));
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_leaves_nothing_behind() {
    let still = Still::new(World::start().await).await;
    let world = &still.world;
    let good = "name,email\nAna,ana@example.com\n";
    let long = "x".repeat(1_048_577);
    let many = format!("name,email\n{}", "A,a@b.co\n".repeat(10_001));
    for (query, file, field) in [
        ("", good, "access"),
        ("access=admin", good, "access"),
        ("access=granted&dry_run=yes", good, "dry_run"),
        ("access=granted", "", "file"),
        ("access=granted", "name,email\n", "file"),
        ("access=granted&columns=name,address", good, "columns"),
        ("access=granted", "PK\x03\x04", "file"),
        ("access=granted", &many, "file"),
    ] {
        let answer = upload(world, query, file).await;
        refused(&answer, 422, "invalid_fields", query);
        assert!(answer.json()["error"]["fields"].as_object().unwrap().keys().eq([field]), "{}", answer.text());
    }
    let broken = upload(world, "access=granted", b"name,email\n\xc5\x81\xc3\xb3\xff,ana@example.com\n".to_vec()).await;
    refused(&broken, 422, "invalid_fields", "broken UTF-8");
    assert!(broken.text().contains("UTF-8") && broken.text().contains("line 2"));
    assert_eq!(broken.json()["error"]["why"], json!({"code": "broken_text", "line": 2}));
    for (query, file, why) in [
        ("", "", json!({"code": "no_rows"})),
        ("", "PK\x03\x04", json!({"code": "workbook"})),
        ("", many.as_str(), json!({"code": "too_many_rows", "limit": 10_000})),
        ("", "Ana,ana@example.com\n", json!({"code": "no_headings"})),
        ("", "Name;Kontakt\nAna;ana@example.com\n", json!({"code": "no_email_column"})),
        ("", "E-Mail;Kontakt\nana@example.com;Ana\n", json!({"code": "no_name_column"})),
        ("&columns=email,email", "Name;Kontakt\nAna;x\n", json!({"code": "columns_twice"})),
    ] {
        let answer = upload(world, &format!("access=granted{query}"), file).await.expect_status(422).json();
        assert_eq!(answer["error"]["why"], why, "{file:.40}");
    }
    for (query, file, columns) in [
        ("", "Ana,ana@example.com\n", json!([["Ana", "ignore"], ["ana@example.com", "ignore"]])),
        ("", "Name;Kontakt\nAna;ana@example.com\n", json!([["Name", "name"], ["Kontakt", "ignore"]])),
        ("&columns=email,email", "Name;Kontakt\nAna;x\n", json!([["Name", "email"], ["Kontakt", "email"]])),
    ] {
        let answer = upload(world, &format!("access=granted{query}"), file).await.expect_status(422).json();
        let told =
            answer["error"]["columns"].as_array().unwrap().iter().map(|one| json!([one["heading"], one["holds"]]));
        assert_eq!((&answer["error"]["code"], json!(told.collect::<Vec<_>>())), (&json!("unclear_columns"), columns));
    }
    refused(&upload(world, "access=granted", long).await, 413, "body_too_large", "long");
    for content_type in ["", "application/json", "text/plain", "text/csv, text/plain", "text/csv;charset=latin1"] {
        let answer = upload(world, "access=granted", good).body(content_type, good).await;
        refused(&answer, 415, "unsupported_media_type", content_type);
    }
    let path = "/v1/jobs/imports?access=granted";
    let call = || still.call("POST", path).body("text/csv", good);
    refused(&call().await, 401, "unauthenticated", path);
    refused(&call().bearer("nonsense").await, 401, "unauthenticated", path);
    // A page of another site cannot make a browser send it.
    let cookie = format!("access-links-session={}", world.admin);
    let forged = call().cookie(&cookie).header("sec-fetch-site", "cross-site").await;
    refused(&forged, 403, "csrf_failed", path);
    let forged = call().cookie(&cookie).without("sec-fetch-site").header("origin", "https://evil.example").await;
    refused(&forged, 403, "csrf_failed", path);
    still.check();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_alone_tells_how_a_file_was_read_and_what_stands_where_it_is_wrong() {
    let world = World::start().await;
    world.patch("/v1/organization", json!({"language": "pl"})).await.expect_status(200);
    let people =
        "Imi\u{119};Nazwisko;E-mail;Dzia\u{142}\r\nJan;Ko\u{144}ski;jan@example.com;A\r\nEwa;Ba\u{107};ewa@;B\r\n";
    // As Excel writes it in Polish: Windows-1250.
    let letter = |c: char| match c {
        'ę' => 0xea,
        'ł' => 0xb3,
        'ń' => 0xf1,
        'ć' => 0xe6,
        c => u8::try_from(c).unwrap(),
    };
    let bytes: Vec<u8> = people.chars().map(letter).collect();
    let told = upload(&world, "access=granted&dry_run=true", bytes.clone()).header("idempotency-key", "key");
    let told = told.await.expect_status(202).json();
    let file = json!({
        "encoding": "windows-1250", "separator": ";",
        "columns": [
            {"heading": "Imię", "holds": "first_name"}, {"heading": "Nazwisko", "holds": "last_name"},
            {"heading": "E-mail", "holds": "email"}, {"heading": "Dział", "holds": "ignore"},
        ],
        "without_training": 1,
        "problems": [{
            "row": 3, "column": 3, "heading": "E-mail", "value": "ewa@", "outcome": "invalid",
            "reason": told["file"]["problems"][0]["reason"],
            "why": {"code": "no_domain"},
        }],
    });
    assert_eq!(told["file"], file);
    let again = upload(&world, "access=granted&dry_run=true", bytes).header("idempotency-key", "key");
    let again = again.await.expect_status(202).json();
    assert_eq!((&again["id"], &again["file"]), (&told["id"], &Value::Null), "it is kept nowhere");
    let id = told["id"].as_str().unwrap();
    world.ended_job(id).await;
    assert!(!json!(world.contents().into_values().collect::<Vec<_>>()).to_string().contains("ewa@"));
    let report = world.report(id).await;
    assert_eq!((report.len(), &report[1]["field"], &report[1]["row"]), (2, &json!("email"), &json!(3)));
    // With what the admin says of the columns, the same file is read otherwise.
    let (job, _) = import(&world, "access=pending&columns=ignore,name,email", "A;B;C\nx;Jan;jan@example.com\n").await;
    assert_eq!(job["outcomes"], json!({"created": 1}));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_exported_can_be_brought_in_again() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let unit = json!({"kind": "site", "name": "Hall 4; \"west\""});
    world.put("/v1/units/44444444-4444-4444-8444-444444444444", unit).await.expect_status(200);
    let sites = json!([site, "44444444-4444-4444-8444-444444444444"]);
    let asked = json!([{"key": "note", "label": "Note", "kind": "text"}]);
    let link = world.link(json!({"admission": "approval", "allocation": {"sites": sites}, "fields": asked})).await;
    for (name, email) in [("=Łukasz", "lz@example.com"), ("Ana; \"A\", Bo", "ana@example.com")] {
        let body = json!({"name": name, "email": email, "answers": {"note": "a;b,c \"d\""}});
        world.client.post(&format!("/v1/join/{}", link.code), body).await.expect_status(202);
    }
    let grants = world.start_grants(json!({})).await;
    world.ended_job(&grants).await;
    for list in [format!("/v1/links/{}/stats", link.id), format!("/v1/jobs/{grants}/report")] {
        for separator in ["comma", "semicolon"] {
            let call = world.client.get(&format!("{list}?separator={separator}")).header("accept", "text/csv");
            let table = call.bearer(&world.admin).await.expect_status(200).text();
            assert!(table.starts_with('\u{feff}'), "{table}");
            let (job, rows) = import(&world, "access=granted", &table).await;
            assert_eq!(job["outcomes"], json!({"already": 2}), "{list} {separator}: {rows:?}\n{table}");
        }
    }
    let other = world.other_organization("other@example.com").await;
    world
        .client
        .put(&format!("/v1/units/{site}"), json!({"kind": "site", "name": "Site 0"}))
        .bearer(&other)
        .await
        .expect_status(200);
    let unit = json!({"kind": "site", "name": "Hall 4; \"west\""});
    world.client.put("/v1/units/44444444-4444-4444-8444-444444444444", unit).bearer(&other).await.expect_status(200);
    let call = world.client.get(&format!("/v1/links/{}/stats", link.id)).header("accept", "text/csv");
    let table = call.bearer(&world.admin).await.expect_status(200).text();
    let sent = upload(&world, "access=granted", table).bearer(&other).await.expect_status(202).json();
    let path = format!("/v1/jobs/{}", sent["id"].as_str().unwrap());
    while world.client.get(&path).bearer(&other).await.expect_status(200).json()["ended_at"].is_null() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let members = world.client.get("/v1/members?sort=name").bearer(&other).await.expect_status(200).json();
    let named: Vec<_> = members["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| (member["name"].clone(), member["sites"].as_array().unwrap().len()))
        .collect();
    assert!(named.contains(&(json!("=Łukasz"), 2)) && named.contains(&(json!("Ana; \"A\", Bo"), 2)), "{named:?}");
}

/// A world whose stream is not read.
async fn quiet() -> World {
    World::start_without_stream(|options| {
        options.environment.insert("MAILS_PER_RECIPIENT_DAY".to_owned(), "1000".to_owned());
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_whose_worker_dies_at_any_call_makes_and_mails_everybody_once() {
    let world = quiet().await;
    let (site, _) = world.site().await;
    let mut cases = 0;
    for boundary in [Boundary::Before, Boundary::After] {
        for nth in 1.. {
            let name = format!("{boundary:?}{nth}x").to_lowercase();
            let person = |number: u8| format!("{name}{number}@example.com");
            let file = format!("name,email,sites\nA,{},{site}\nB,{},\nC,x,\n", person(1), person(2));
            // Made in the store of the test, so that no session grows old while the clock goes on.
            let id = accepted(&world, "access=granted", &file).await["id"].as_str().unwrap().to_owned();
            world.proxy.kill_at(nth, boundary);
            world.work().await;
            let lived = !world.proxy.is_dead();
            world.proxy.revive();
            let job = || world.items("job").into_iter().find(|job| job["id"]["S"] == id.as_str()).unwrap();
            for _ in 0..5 {
                if job()["ended_at"]["N"].is_string() {
                    break;
                }
                world.clock.advance(TimeDelta::minutes(3));
                let swept = world.running.run_schedule("sweep-expired").await.unwrap();
                assert_eq!(swept["failed"], 0, "{swept}");
                world.work().await;
                // The admin works on.
                let _ = world.get("/v1/me").await.expect_status(200);
            }
            assert_eq!(job()["outcomes"], json!({"M": {"created": {"N": "2"}, "invalid": {"N": "1"}}}), "{name}");
            let members = world.items("member");
            for number in [1, 2] {
                let member = member(&members, &person(number));
                assert_eq!((&member["access"]["S"], mails_to(&world, member)), (&json!("granted"), 1), "{name}");
            }
            let rows = world.items("job_row").into_iter().filter(|row| row["job"]["S"] == id.as_str());
            assert_eq!((rows.count(), world.items("job_page").len()), (3, 0), "{name}");
            cases += 1;
            if lived {
                break;
            }
        }
    }
    assert!(cases > 16, "{cases}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_that_dies_half_way_does_nothing_and_one_that_is_stopped_leaves_no_rows() {
    let world = quiet().await;
    let mut file = String::from("name,email\n");
    for number in 0..620 {
        file.push_str(&format!("Worker,worker{number}@example.com\n"));
    }
    for nth in 2..7 {
        world.proxy.kill_at(nth, Boundary::After);
        let _ = upload(&world, "access=granted", file.clone()).await;
        world.proxy.revive();
    }
    let jobs = world.items("job").len();
    assert!(jobs < 5, "{jobs}");
    for _ in 0..jobs {
        world.work().await;
    }
    let id = accepted(&world, "access=granted", &file).await["id"].as_str().unwrap().to_owned();
    let of_job = |page: &Value| page["job"]["S"] == id.as_str();
    assert_eq!(world.items("job_page").iter().filter(|page| of_job(page)).count(), 13);
    world.post(&format!("/v1/jobs/{id}/cancellation"), json!({})).await.expect_status(202);
    world.work().await;
    assert_eq!(world.job(&id).await["state"], "cancelled");
    assert_eq!(world.items("job_page").iter().filter(|page| of_job(page)).count(), 0);
    // Rows without a job go by themselves, in a week at most.
    assert!(world.items("job_page").iter().all(|page| page["delete_after"]["N"].is_string()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn six_hundred_people_come_through_a_table_in_trouble() {
    const PEOPLE: usize = 600;
    let world = World::start().await;
    let mut file = String::from("name,email\n");
    for number in 0..PEOPLE {
        file.push_str(&format!("Worker {number},worker{number}@example.com\n"));
    }
    let plan = FaultPlan { throttle: 0.01, lose_answer: 0.01, ..FaultPlan::default() };
    world.proxy.set_plan(plan);
    let id = accepted(&world, "access=granted", &file).await["id"].as_str().unwrap().to_owned();
    let job = world.ended_job(&id).await;
    world.proxy.set_plan(FaultPlan::default());
    assert_eq!((&job["state"], &job["outcomes"]), (&json!("done"), &json!({"created": PEOPLE})));
    let grants = world.items("mail").iter().filter(|mail| mail["kind"]["S"] == "grant").count();
    assert_eq!((world.items("member").len(), grants, world.report(&id).await.len()), (PEOPLE + 1, PEOPLE, PEOPLE));
}
