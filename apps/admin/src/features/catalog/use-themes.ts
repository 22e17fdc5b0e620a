import { useApi } from '@cadre/client/api';
import { useFormat } from '@cadre/ui/format';
import { useQuery } from '@tanstack/react-query';

/** The themes with their names in the language of the page. */
export function useThemes() {
  const api = useApi();
  const format = useFormat();
  const { data: themes = [] } = useQuery({
    ...api.catalog.themes.queryOptions(),
    meta: { live: ['catalog:changed'] },
  });
  return {
    themes,
    nameOf: (themeId: string): string => {
      const theme = themes.find(({ id }) => id === themeId);
      return theme ? format.text(theme.name) : '';
    },
    options: themes.map(({ id, code, name }) => ({ value: id, label: `${code} ${format.text(name)}` })),
  };
}
