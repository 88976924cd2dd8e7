//! The world's jobs: waited for, and worked on by hand in a world whose stream is not read.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::World;
use crate::engine::patience;

/// How long a job may take before a test gives up, on a busy machine.
const JOB_PATIENCE: Duration = Duration::from_secs(600);

impl World {
    /// Starts a job that grants access, and gives its id.
    pub async fn start_grants(&self, filter: Value) -> String {
        let job = self.post("/v1/jobs/grants", json!({"filter": filter})).await.expect_status(202).json();
        job["id"].as_str().expect("an id").to_owned()
    }

    /// The job as get-job shows it.
    pub async fn job(&self, id: &str) -> Value {
        self.get(&format!("/v1/jobs/{id}")).await.expect_status(200).json()
    }

    /// The job once it has ended. A table under load may keep it from being read for a while.
    ///
    /// # Panics
    /// When it does not end, or can't be read for another reason.
    pub async fn ended_job(&self, id: &str) -> Value {
        let until = Instant::now() + patience(JOB_PATIENCE);
        loop {
            let answer = self.get(&format!("/v1/jobs/{id}")).await;
            let told = answer.text();
            if answer.status != 503 {
                let job = answer.expect_status(200).json();
                if !job["ended_at"].is_null() {
                    return job;
                }
            }
            assert!(Instant::now() < until, "a job that does not end: {told}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Every row of a job's report, page by page.
    pub async fn report(&self, id: &str) -> Vec<Value> {
        let (mut rows, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/v1/jobs/{id}/report?limit=100{cursor}");
            let page = self.get(&path).await.expect_status(200).json();
            rows.extend(page["rows"].as_array().cloned().unwrap_or_default());
            let Some(next) = page["next"].as_str() else { return rows };
            cursor = format!("&cursor={next}");
        }
    }

    /// The bus's events for the jobs that are queued, as the table holds them.
    pub fn queued_jobs(&self) -> Vec<Value> {
        let jobs = self.items("job").into_iter().filter(|job| job["state"]["S"] == "queued");
        let event = |job: Value| {
            let detail = json!({"organization": job["organization"]["S"], "job": job["id"]["S"]});
            json!({"version": "0", "detail-type": "job.queued", "source": "access-links.internal", "detail": detail})
        };
        jobs.map(event).collect()
    }

    /// Hands the queued jobs to work-jobs, as the bus would, and gives whether there was one and each call came to an end.
    pub async fn work(&self) -> bool {
        let events = self.queued_jobs();
        let mut worked = !events.is_empty();
        for event in events {
            worked &= self.running.invoke("work-jobs", event).await.is_ok();
        }
        worked
    }
}
