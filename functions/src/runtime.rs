//! Runs one operation as a Lambda function.
