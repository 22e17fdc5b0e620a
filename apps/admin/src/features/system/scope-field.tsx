import { useApi } from '@cadre/client/api';
import type { ScopeKind } from '@cadre/domain/access';
import type { FindScopeTargetsInput, ScopeTarget } from '@cadre/domain/identity';
import { useFormat } from '@cadre/ui/format';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';

/** What a grant reaches, as people know it: code, name and start, whichever it has. */
export function useNameOfTarget(): (target: ScopeTarget) => string {
  const format = useFormat();
  return ({ code, name, startsAt }) =>
    [code, format.text(name), startsAt && format.moment(startsAt)].filter(Boolean).join(' · ');
}

interface FieldProps {
  readonly id?: string;
  readonly value?: string | string[];
  readonly onChange?: (chosen: string | string[]) => void;
}

/** Chooses what a role is granted over: a unit, bases, an assessment year, a class or a session. */
export function ScopeField({
  kind,
  ...field
}: FieldProps & { readonly kind: Exclude<ScopeKind, 'network'> }) {
  switch (kind) {
    case 'unit':
      return <UnitField {...field} />;
    case 'bases':
      return <BasesField {...field} />;
    default:
      return <TargetField key={kind} kind={kind} {...field} />;
  }
}

function UnitField(field: FieldProps) {
  const api = useApi();
  const format = useFormat();
  const units = useQuery(api.directory.units.queryOptions());
  return (
    <Select
      {...field}
      showSearch={{ optionFilterProp: 'label' }}
      options={(units.data ?? []).map((unit) => ({ value: unit.id, label: format.text(unit.name) }))}
    />
  );
}

function BasesField(field: FieldProps) {
  const api = useApi();
  const format = useFormat();
  const bases = useQuery(api.network.map.queryOptions({}));
  return (
    <Select
      {...field}
      mode="multiple"
      showSearch={{ optionFilterProp: 'label' }}
      options={(bases.data ?? []).map((base) => ({
        value: base.id,
        label: `${base.code} ${format.text(base.name)}`,
      }))}
    />
  );
}

/** Years are few and stand there all; classes and sessions are found by the words of the class. */
function TargetField({ kind, ...field }: FieldProps & Pick<FindScopeTargetsInput, 'kind'>) {
  const api = useApi();
  const nameOf = useNameOfTarget();
  const [search, setSearch] = useState('');
  const targets = useQuery({
    ...api.directory.scopeTargets.queryOptions({ kind, search }),
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      {...field}
      {...(kind === 'assessment-year'
        ? {}
        : { showSearch: { filterOption: false, onSearch: (typed: string) => setSearch(typed.trim()) } })}
      popupMatchSelectWidth={false}
      options={(targets.data ?? []).map((target) => ({ value: target.id, label: nameOf(target) }))}
    />
  );
}
