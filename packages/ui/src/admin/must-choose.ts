import { uiWords } from '../shared/ui.words';

/**
 * The rule of a field that must not stay empty and is chosen, not typed: what is missing is asked for with 请选择, where
 * antd alone says 请输入. Read when the form looks, so it speaks the language of that moment.
 */
export const mustChoose = () => ({
  required: true,
  message: uiWords.say('mustChoose', { label: '${label}' }),
});
