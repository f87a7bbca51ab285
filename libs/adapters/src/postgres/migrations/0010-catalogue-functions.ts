const fold = (days: string, extent: string): string => `
  with due as (
    select collection, day from catalogue.tally where ${days} group by collection, day having count(*) > 1
  ),
  gone as (
    delete from catalogue.tally t using due where t.collection = due.collection and t.day = due.day returning t.*
  ),
  summed as (
    select collection, day, sum(products) as products, bool_or(products < 0) as shrunk,
      st_extent(extent::geometry)::box2d as extent
    from gone group by collection, day having sum(products) <> 0
  )
  insert into catalogue.tally
  select collection, day, products, case when shrunk then (${extent}) else extent end from summed`;

/** What the catalogue's tables do by themselves: partitions ahead of time, folded tallies, forgiving casts. */
export const CATALOGUE_FUNCTIONS: readonly string[] = [
  /*
   * One partition per year, 2014 to the year after next, made long before their first row. What lies before and after goes to open-ended ones
   * rather than to a default partition: with a default one, "newest first" could not stop in the newest partition.
   * One search keeps to one core: a heavy user must not slow down the others.
   * Waits at most two seconds for readers, so that it never makes others queue; called again by the next maintenance.
   */
  `create function catalogue.create_years(until integer default extract(year from now())::integer + 2) returns void
  language plpgsql set timezone = 'UTC' set lock_timeout = '2s' as $$
  declare
    year integer;
    last integer := (select max(substr(relname, 9)::integer) from pg_class
      where relnamespace = 'catalogue'::regnamespace and relname ~ '^product_[0-9]{4}$');
  begin
    if last >= until then return; end if;
    if last is null then
      create table catalogue.product_before partition of catalogue.product for values from (minvalue) to ('2014-01-01');
    else
      alter table catalogue.product detach partition catalogue.product_after;
      alter table catalogue.product_after rename to product_detached;
    end if;
    for year in coalesce(last + 1, 2014) .. until loop
      execute format('create table catalogue.product_%s partition of catalogue.product for values from (%L) to (%L) with (parallel_workers = 0)',
        year, make_date(year, 1, 1), make_date(year + 1, 1, 1));
    end loop;
    execute format('create table catalogue.product_after partition of catalogue.product for values from (%L) to (maxvalue)',
      make_date(until + 1, 1, 1));
    if last is not null then
      insert into catalogue.product select * from catalogue.product_detached;
      drop table catalogue.product_detached;
    end if;
  end $$`,

  /*
   * A reader's snapshot sees either the rows folded away or their sum. A day that lost products has its extent taken anew from those left,
   * then all days together from the days.
   */
  `create function catalogue.fold_tallies() returns void language sql as $$
    ${fold(
      "day > '-infinity'",
      `select st_extent(p.footprint)::box2d from catalogue.product p where p.collection = summed.collection
         and p.acquired_from >= summed.day::timestamp at time zone 'UTC'
         and p.acquired_from < (summed.day + 1)::timestamp at time zone 'UTC'`,
    )};
    ${fold(
      "day = '-infinity'",
      `select st_extent(t.extent::geometry)::box2d from catalogue.tally t
       where t.collection = summed.collection and t.day > '-infinity'`,
    )}
  $$`,

  // Instants in properties outside the vocabulary are text nobody checked.
  `create function catalogue.instant_or_null(value text) returns timestamptz
  language plpgsql immutable strict set timezone = 'UTC' as $$
  begin
    return value::timestamptz;
  exception when others then
    return null;
  end $$`,
];
