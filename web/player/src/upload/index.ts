import { PreserveUpload } from './element';

customElements.define('preserve-upload', PreserveUpload);
