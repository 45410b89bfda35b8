-- As before, in one pass over an answer. The planner took each union for a million rows and cleared a table of that size for
-- every answer, which was two thirds of what an answer cost the database.
create or replace function answer_uses(answer jsonb, sealed boolean) returns setof text language sql immutable as $$
    select distinct used.key from (
        select shape->>'label' from jsonb_array_elements(answer->'shapes') shape
        union all
        select part.key from (
            select 'questions/' || given.key as place, given.value from jsonb_each(answer->'answers') given
            union all
            select 'labels/' || (shape->>'label') || '/attributes/' || given.key, given.value
            from jsonb_array_elements(jsonb_path_query_array(answer, '$.shapes[*] ? (exists (@.attributes.*))')) shape
            cross join lateral jsonb_each(shape->'attributes') given) asked
        cross join lateral (
            select asked.place as key
            union all
            select asked.place || '/options/' || chosen.id
            from jsonb_array_elements_text(
                case jsonb_typeof(asked.value)
                    when 'array' then asked.value
                    when 'string' then jsonb_build_array(asked.value)
                    else '[]'::jsonb end) chosen (id)) part
        union all
        select '/texts' where sealed) used (key)
$$;
