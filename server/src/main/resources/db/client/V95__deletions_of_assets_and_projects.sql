-- Deletions of assets and of whole projects beside those of tasks: the same record, the same thirty days, the same undo.
alter table deletion
    add column scope text not null default 'tasks' check (scope in ('tasks', 'assets', 'project')),
    add column assets bigint not null default 0 check (assets >= 0),
    -- A project's deletion outlives the project; so does what people earned there.
    drop constraint deletion_project_fkey;
alter table pay_rule drop constraint pay_rule_project_fkey;
create index deletion_of_projects on deletion (id) where scope = 'project';

-- A deleted asset keeps its row and its bytes; that it stands here takes it out of everything that reads assets.
create table deleted_asset (
    project  uuid not null,
    asset    uuid not null,
    deletion bigint not null references deletion,
    primary key (project, asset)
);
create index deleted_asset_of on deleted_asset (deletion, asset);
revoke update, truncate on deleted_asset from "${role}";

-- Of a deleted project nothing is changed but this: what it was it is again when the row goes.
create table deleted_project (
    project  uuid primary key references project,
    deletion bigint not null references deletion
);
revoke update, truncate on deleted_project from "${role}";

-- Removes for good what was deleted thirty days ago and not brought back; returns how many tasks, -1 when nothing was due.
-- The cell's role may not delete work: this is the one way, and it looks at the clock itself.
create or replace function purge_deletion(number bigint) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    due deletion;
    doomed bigint[];
    answers bigint[];
    jobs uuid[];
    every text;
begin
    select * into due from deletion
    where id = number and undone_at is null and purged_at is null and at <= now() - interval '30 days'
    for update;
    if not found then
        return -1;
    end if;
    if due.scope = 'project' then
        select array_agg(id) into doomed from task where project = due.project;
    else
        -- The task of a deleted asset may have been deleted before it.
        select array_agg(x.task) into doomed from deleted_task x where x.deletion = number or x.task in (
            select t.id from task t join deleted_asset a on a.project = t.project and a.asset = t.asset
            where a.deletion = number);
    end if;
    select array_agg(id) into answers from submission where task = any(doomed);
    delete from comment_mention where comment in (select id from submission_comment where submission = any(answers));
    delete from thread_resolution where thread in (select id from submission_comment where submission = any(answers));
    delete from submission_comment where submission = any(answers);
    delete from appeal where submission = any(answers);
    delete from return_lapse where submission = any(answers);
    delete from restoration where task = any(doomed);
    delete from review_decision where submission = any(answers);
    delete from task_merge_undo where merge in (select id from task_merge where task = any(doomed));
    delete from task_merge where task = any(doomed);
    delete from adjudication where task = any(doomed);
    delete from submission where task = any(doomed);
    delete from lease_end where lease in (select id from lease where task = any(doomed));
    delete from lease where task = any(doomed);
    delete from draft where task = any(doomed);
    delete from task_need where task = any(doomed);
    delete from task_event where task = any(doomed);
    delete from deleted_task where task = any(doomed);
    if due.scope = 'project' then
        select array_agg(id) into jobs from job where project = due.project;
        delete from import_line where job = any(jobs);
        delete from import_piece where job = any(jobs);
        delete from job_log where job = any(jobs);
        -- Those that others refer to last.
        foreach every in array array[
            'gold_retired', 'gold_serving', 'gold_result', 'gold', 'gold_policy', 'work_pause_lift', 'work_pause', 'task',
            'task_act', 'batch_pause', 'batch', 'queue_policy', 'routing_decision', 'routing_policy', 'workflow',
            'export_request', 'job', 'release', 'broken_object', 'deleted_asset', 'asset', 'asset_pack', 'asset_count',
            'label_use', 'label_change', 'ontology_version', 'guideline_version', 'project_rounds', 'project_workforce',
            'data_key', 'deleted_project']
        loop
            execute format('delete from %I where project = $1', every) using due.project;
        end loop;
        delete from deletion where project = due.project and id <> number;
        delete from project where id = due.project;
        -- Its name goes too; its code name says nothing.
        update deletion set filter = filter - 'name' where id = number;
    else
        delete from task where id = any(doomed);
        delete from broken_object b using deleted_asset a
        where a.deletion = number and b.project = a.project and b.asset = a.asset;
        delete from asset s using deleted_asset a where a.deletion = number and s.project = a.project and s.id = a.asset;
        delete from deleted_asset where deletion = number;
    end if;
    update deletion set purged_at = now() where id = number;
    return coalesce(cardinality(doomed), 0);
end $$;
