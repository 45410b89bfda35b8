-- A passkey that nobody has signed in with yet has no time of use; before, its making counted as one.
alter table passkey alter column last_used_at drop not null;
update passkey set last_used_at = null where last_used_at <= created_at;
