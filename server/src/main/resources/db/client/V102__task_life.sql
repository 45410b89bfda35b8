-- A requester takes a task out of somebody's hands.
alter table lease_end drop constraint lease_end_how_check;
alter table lease_end add constraint lease_end_how_check
    check (how in ('released', 'skipped', 'expired', 'superseded', 'fenced', 'withdrawn'));

-- Skips are listed, the newest first; they are few among the ends.
create index lease_end_skipped on lease_end (lease) where how = 'skipped';

-- A batch's name, priority and deadline can be changed; the log tells what they were.
grant update (name, priority, deadline) on batch to "${role}";
