import { useActor } from '@cadre/client/session';
import { canManageCatalog } from '@cadre/domain/catalog';
import { Page } from '@cadre/ui/admin';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Tabs } from 'antd';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { catalogSearch } from './catalog-search';
import { catalogWords } from './catalog.words';
import { CourseForm } from './course-form';
import { CourseTable } from './course-table';
import { LessonTable } from './lesson-table';
import { PlanBoard } from './plan-board';

const route = getRouteApi('/signed-in/catalog/');

/** 课程目录: the plan and how far it is, the courses, the micro-lessons. */
export function CatalogPage() {
  const say = catalogWords.use();
  const actor = useActor();
  const { tab = 'board' } = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, setCreating] = useState(false);
  const manages = canManageCatalog(actor);
  return (
    <Page
      title={say('title')}
      actions={
        manages && (
          <Button type="primary" icon={<Plus aria-hidden size="1.1em" />} onClick={() => setCreating(true)}>
            {say('courses.create')}
          </Button>
        )
      }
    >
      <Tabs
        activeKey={tab}
        onChange={(key) => void navigate({ search: catalogSearch({ tab: key }) })}
        destroyOnHidden
        items={[
          { key: 'board', label: say('tabs.board'), children: <PlanBoard /> },
          { key: 'courses', label: say('tabs.courses'), children: <CourseTable /> },
          { key: 'lessons', label: say('tabs.lessons'), children: <LessonTable /> },
        ]}
      />
      {manages && creating && (
        <CourseForm
          onClose={() => setCreating(false)}
          onSaved={({ id }) => void navigate({ to: '/catalog/courses/$courseId', params: { courseId: id } })}
        />
      )}
    </Page>
  );
}
