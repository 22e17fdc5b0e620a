import { enrollmentStateNames } from '@cadre/client/naming';
import { enrollmentState, type EnrollmentState } from '@cadre/domain/enrollment';
import { useFormat } from '@cadre/ui/format';
import { StateTag, type Tone } from '@cadre/ui/admin';
import { Select } from 'antd';
import { enrollmentWords } from './enrollment.words';

const TONES: Readonly<Partial<Record<EnrollmentState, Tone>>> = {
  enrolled: 'met',
  waiting: 'wait',
  offered: 'wait',
};

/** Where somebody stands: icon and word, with the place on the waitlist. */
export function EnrollmentTag({
  state,
  position,
}: {
  readonly state: EnrollmentState;
  readonly position: number | null;
}) {
  const standing = useStandingWords();
  return <StateTag tone={TONES[state] ?? 'neutral'}>{standing({ state, position })}</StateTag>;
}

/** Where somebody stands in a word, on the waitlist with the place. */
export function useStandingWords() {
  const say = enrollmentWords.use();
  const format = useFormat();
  return ({
    state,
    position,
  }: {
    readonly state: EnrollmentState;
    readonly position: number | null;
  }): string =>
    position === null ? format.text(enrollmentStateNames[state]) : say('roster.waiting', { position });
}

export function StateFilter({
  value,
  onChange,
}: {
  readonly value: EnrollmentState | null;
  readonly onChange: (state: EnrollmentState | null) => void;
}) {
  const say = enrollmentWords.use();
  const format = useFormat();
  return (
    <Select
      aria-label={say('roster.state')}
      className="min-w-32"
      value={value}
      onChange={onChange}
      options={[
        { value: null, label: say('roster.anyState') },
        ...enrollmentState.options.map((state) => ({
          value: state,
          label: format.text(enrollmentStateNames[state]),
        })),
      ]}
    />
  );
}
