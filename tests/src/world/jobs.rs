//! The world's jobs: waited for, and worked on by hand in a world whose stream is not read.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::World;

/// How long a job may take before a test gives up, on a busy machine.
const JOB_PATIENCE: Duration = Duration::from_secs(180);

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

    /// The job once it has ended.
    pub async fn ended_job(&self, id: &str) -> Value {
        let until = Instant::now() + JOB_PATIENCE;
        loop {
            let job = self.job(id).await;
            if !job["ended_at"].is_null() {
                return job;
            }
            assert!(Instant::now() < until, "a job that does not end: {job}");
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

    /// The stream's event for the jobs that are queued, as the table holds them; none when there is none.
    pub fn queued_jobs(&self) -> Option<Value> {
        let jobs = self.items("job").into_iter().filter(|job| job["state"]["S"] == "queued");
        let records = jobs.zip(1..).map(|(job, number)| {
            json!({
                "eventID": number.to_string(), "eventName": "MODIFY", "eventVersion": "1.1",
                "eventSource": "aws:dynamodb", "awsRegion": "eu-central-1",
                "dynamodb": {
                    "ApproximateCreationDateTime": 1_795_330_845,
                    "Keys": {"PK": job["PK"], "SK": job["SK"]}, "NewImage": job,
                    "SequenceNumber": number.to_string(), "SizeBytes": 120,
                    "StreamViewType": "NEW_AND_OLD_IMAGES",
                },
            })
        });
        let records: Vec<_> = records.collect();
        (!records.is_empty()).then(|| json!({"Records": records}))
    }

    /// Hands the queued jobs to work-jobs, as the stream would, and gives whether there was one and the call came to an end.
    pub async fn work(&self) -> bool {
        let Some(event) = self.queued_jobs() else { return false };
        self.running.invoke("work-jobs", event).await.is_ok()
    }
}
