import { useActor } from '@cadre/client/session';
import { canViewUnitEnrollments } from '@cadre/domain/enrollment';
import { canViewTimetable } from '@cadre/domain/training';
import { Page } from '@cadre/ui/admin';
import { useFormat } from '@cadre/ui/format';
import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { ClassTable } from '../../shared/class-table';
import { enrollmentWords } from './enrollment.words';
import { UnitPeople } from './unit-people';

/** 报名与调训: classes with their seats for those who run them, own people for those who answer for them. */
export function EnrollmentPage() {
  const say = enrollmentWords.use();
  const actor = useActor();
  const seesClasses = canViewTimetable(actor);
  const seesPeople = canViewUnitEnrollments(actor);
  const [side, setSide] = useState<'classes' | 'people'>(seesClasses ? 'classes' : 'people');
  return (
    <Page
      title={say('title')}
      {...(seesClasses && seesPeople
        ? {
            actions: (
              <Segmented
                aria-label={say('tabs.label')}
                value={side}
                onChange={setSide}
                options={[
                  { value: 'classes', label: say('tabs.classes') },
                  { value: 'people', label: say('tabs.people') },
                ]}
              />
            ),
          }
        : {})}
    >
      {side === 'classes' ? <Classes /> : <UnitPeople />}
    </Page>
  );
}

function Classes() {
  const say = enrollmentWords.use();
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <ClassTable
      name="enrollment-classes"
      label={say('classes.label')}
      status="open"
      more={[
        {
          key: 'deadline',
          title: say('classes.deadline'),
          width: 180,
          render: (row) => format.moment(row.window.closesAt),
        },
      ]}
      onOpen={(row) => void navigate({ to: '/enrollment/classes/$classId', params: { classId: row.id } })}
      icon={UsersRound}
      empty={{ nothing: say('classes.empty'), none: say('classes.none') }}
      isFiltered={false}
    />
  );
}
