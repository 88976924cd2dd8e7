import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/member.js';

export const say = speaker(texts);
