-- A pupil who came in while the phone at the gate was off line, on a journey that no guardian had agreed to: the scan stays, since the
-- child was there, and whoever runs the event is told.
ALTER TABLE activity_scans ADD COLUMN is_without_consent BOOLEAN NOT NULL DEFAULT FALSE;
