import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/link_form.js';

/** @typedef {keyof typeof texts} Word */

export const say = speaker(texts);
