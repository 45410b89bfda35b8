-- Four eyes also for the archive of the whole client, and for ending the rule that asks for them.
alter table export_request alter column project drop not null;
alter table export_request add column what text not null default 'project'
    check (what in ('project', 'archive', 'two_persons'));
alter table export_request add constraint export_request_of check ((what = 'project') = (project is not null));
