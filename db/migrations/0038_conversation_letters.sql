-- Letters about conversations are of a kind of their own.
UPDATE inbox_letters SET kind = 'conversation'
WHERE kind = 'family' AND (link LIKE '/conversations/%' OR link LIKE '/conversation-reports/%');
