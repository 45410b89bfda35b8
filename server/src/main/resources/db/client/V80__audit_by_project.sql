-- A project's entries in the order of the log, without a look at those of others. The tree itself does not change: the
-- project stands in the leaf, and here for looking up.
alter table audit_leaf add column project uuid;
update audit_leaf l set project = e.project from audit_event e where e.id = l.event and e.project is not null;
create index audit_leaf_project on audit_leaf (project, idx) where project is not null;
