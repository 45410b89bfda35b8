-- Narrower indexes on the way of every answer.

-- A task belongs to one project, so the project says nothing in a key that begins with the task.
alter table submission drop constraint submission_project_task_annotator_round_revision_key;
alter table submission add constraint submission_of_slot unique (task, annotator, round, revision);

-- A key is found by a digest of person and key: the first 16 bytes of SHA-256 over the person's id and the key's UTF-8.
create table work_replay (
    id         uuid primary key,
    body_hash  bytea not null check (length(body_hash) = 32),
    made       bigint not null,
    state      text not null,
    next_lease bigint,
    at         timestamptz not null default now()
);
insert into work_replay (id, body_hash, made, state, next_lease, at)
select encode(substring(sha256(uuid_send(person) || convert_to(key, 'UTF8')) for 16), 'hex')::uuid,
  body_hash, made, state, next_lease, at
from work_key;
drop table work_key;
revoke update, delete, truncate on work_replay from "${role}";
