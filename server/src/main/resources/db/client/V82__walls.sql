-- A lease may end because its holder may not work here any more; the reason then names what fenced it.
alter table lease_end drop constraint lease_end_how_check;
alter table lease_end add constraint lease_end_how_check
    check (how in ('released', 'skipped', 'expired', 'superseded', 'fenced'));
alter table lease_end drop constraint lease_end_reason_check;
alter table lease_end add constraint lease_end_reason_check
    check (how = 'fenced' and length(reason) between 1 and 100
        or reason in ('unclear', 'cannot_judge', 'broken_asset', 'other'));
