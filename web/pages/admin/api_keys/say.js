import { speaker } from '../../../lib/speaker.js';
import { textsOf } from '../../../locales/admin/texts.js';

export const say = speaker(() => textsOf('api_keys'));
