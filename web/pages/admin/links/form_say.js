import { speaker } from '../../../lib/speaker.js';
import { textsOf } from '../../../locales/admin/texts.js';

/** @typedef {keyof import('../../../locales/admin/texts.js').Texts['link_form']} Word */

export const say = speaker(() => textsOf('link_form'));
