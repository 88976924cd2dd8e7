import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/api_keys.js';

export const say = speaker(texts);
