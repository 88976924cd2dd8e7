import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/jobs.js';

export const say = speaker(texts);
