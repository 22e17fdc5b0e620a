import { useApi } from '@cadre/client/api';
import { useActor } from '@cadre/client/session';
import { canLookUpPeople } from '@cadre/domain/identity';
import { classNames } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Search } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react';
import { FailedToRead } from '../shared/failure';
import { areaPaths, openAreasOf } from '../shared/routes';
import { appWords } from './app.words';

/** How many of each kind are named. */
const NAMED = 5;
/** How long the reader may pause while typing before the server is asked, in ms. */
const typingPause = 200;

interface Hit {
  readonly key: string;
  readonly title: string;
  readonly fact: string;
  readonly go: () => void;
}
interface HitGroup {
  readonly title: string;
  readonly hits: readonly Hit[];
}

/** ⌘K or Ctrl K: one field that finds pages, people, bases, courses and classes within one's grants. */
export function QuickSearch() {
  const say = appWords.use();
  const [open, setOpen] = useState(false);
  const toggle = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey) return;
    event.preventDefault();
    setOpen(!open);
  });
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent): void => toggle(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  return (
    <>
      <Button type="text" icon={<Search aria-hidden size="1.1em" />} onClick={() => setOpen(true)}>
        <span className="hidden sm:inline">{say('find.open')}</span>
        <kbd className="hidden rounded-chip border border-line px-1.5 text-small text-ink-2 sm:inline">
          {say('find.key')}
        </kbd>
        <span className="sr-only sm:hidden">{say('find.open')}</span>
      </Button>
      {open && <SearchDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function SearchDialog({ onClose }: { readonly onClose: () => void }) {
  const say = appWords.use();
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), typingPause);
    return () => clearTimeout(timer);
  }, [typed]);
  const { groups, isAsking, error, retry } = useHits(asked);
  const hits = groups.flatMap((group) => group.hits);
  const stand = Math.min(at, Math.max(0, hits.length - 1));
  const chosen = hits[stand];
  const idOf = (hit: Hit): string => `${listId}-${hit.key}`;
  const openHit = (hit: Hit): void => {
    onClose();
    hit.go();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      setAt((stand + step + hits.length) % hits.length);
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && chosen) {
      event.preventDefault();
      openHit(chosen);
    }
  };
  return (
    <dialog
      ref={dialog}
      aria-label={say('find.open')}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className="mx-auto mt-[12vh] w-[min(40rem,calc(100vw-2rem))] rounded-card border border-line bg-raised p-0 text-ink shadow-above"
    >
      <div className="flex items-center gap-2 border-b border-line px-4">
        <Search aria-hidden size="1.2em" className="shrink-0 text-ink-2" />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={listId}
          aria-label={say('find.open')}
          {...(chosen ? { 'aria-activedescendant': idOf(chosen) } : {})}
          placeholder={say('find.hint')}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="min-h-12 w-full bg-transparent text-lead text-ink outline-none placeholder:text-ink-2"
        />
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label={say('find.results')}
        className="max-h-[56vh] overflow-y-auto p-2"
      >
        {groups.map(({ title, hits: found }) => (
          <div key={title} role="group" aria-label={title} className="pb-1">
            <div aria-hidden className="px-2 pt-1.5 pb-1 text-small text-ink-2">
              {title}
            </div>
            {found.map((hit) => (
              <div
                key={hit.key}
                id={idOf(hit)}
                role="option"
                aria-selected={hit === chosen}
                onMouseMove={() => setAt(hits.indexOf(hit))}
                onClick={() => openHit(hit)}
                className={classNames(
                  'flex min-h-9 cursor-pointer items-baseline gap-3 rounded-chip px-2 py-1.5',
                  hit === chosen && 'bg-primary-soft',
                )}
              >
                <span className="min-w-0 truncate">{hit.title}</span>
                <span className="ms-auto shrink-0 text-small text-ink-2">{hit.fact}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      {error !== null && <FailedToRead error={error} onRetry={retry} />}
      <p
        role="status"
        className={classNames('px-4 pb-3 text-small text-ink-2', hits.length > 0 && 'sr-only')}
      >
        {isAsking
          ? say('find.asking')
          : hits.length === 0
            ? say('find.none')
            : say('find.count', { count: hits.length })}
      </p>
    </dialog>
  );
}

/** What fits the text, of each kind that the actor's areas hold. Only pages while nothing is typed. */
function useHits(text: string) {
  const say = appWords.use();
  const format = useFormat();
  const api = useApi();
  const navigate = useNavigate();
  const actor = useActor();
  const areas = openAreasOf(actor);
  const asks = (area: (typeof areas)[number]) => ({ enabled: text !== '' && areas.includes(area) });
  const page = { page: 1, pageSize: NAMED };
  const people = useQuery({
    ...api.directory.people.queryOptions({ ...page, search: text, unitId: null }),
    enabled: text !== '' && canLookUpPeople(actor),
  });
  const bases = useQuery({ ...api.network.list.queryOptions({ ...page, text }), ...asks('network') });
  const courses = useQuery({
    ...api.catalog.searchCourses.queryOptions({ ...page, text }),
    ...asks('catalog'),
  });
  const classes = useQuery({
    ...api.training.listClasses.queryOptions({ ...page, search: text }),
    ...asks('training'),
  });
  const queries = [people, bases, courses, classes];
  const groups: HitGroup[] = [
    {
      title: say('find.pages'),
      hits: areas
        .map((area) => ({
          key: area,
          title: say(`areas.${area}`),
          fact: '',
          go: () => void navigate({ to: areaPaths[area] }),
        }))
        .filter(({ title }) => title.toLowerCase().includes(text.toLowerCase())),
    },
    {
      title: say('find.people'),
      hits: (people.data?.items ?? []).map((row) => ({
        key: row.id,
        title: row.name,
        fact: `${row.personNo} · ${format.text(row.unit)}`,
        go: () => void navigate({ to: '/credit/people/$personId', params: { personId: row.id } }),
      })),
    },
    {
      title: say('find.bases'),
      hits: (bases.data?.items ?? []).map((row) => ({
        key: row.id,
        title: format.text(row.name),
        fact: `${row.code} · ${row.city} ${row.county}`,
        go: () => void navigate({ to: '/network/$baseId', params: { baseId: row.id } }),
      })),
    },
    {
      title: say('find.courses'),
      hits: (courses.data?.items ?? []).map((row) => ({
        key: row.id,
        title: format.text(row.title),
        fact: row.code,
        go: () => void navigate({ to: '/catalog/courses/$courseId', params: { courseId: row.id } }),
      })),
    },
    {
      title: say('find.classes'),
      hits: (classes.data?.items ?? []).map((row) => ({
        key: row.id,
        title: row.title,
        fact: [row.classNo, row.startsAt && row.endsAt && format.days(row.startsAt, row.endsAt)]
          .filter(Boolean)
          .join(' · '),
        go: () => void navigate({ to: '/training/classes/$classId', params: { classId: row.id } }),
      })),
    },
  ];
  return {
    groups: groups.filter(({ hits }) => hits.length > 0),
    isAsking: queries.some(({ isLoading }) => isLoading),
    error: queries.find(({ isError }) => isError)?.error ?? null,
    retry: () => queries.forEach((query) => query.isError && void query.refetch()),
  };
}
