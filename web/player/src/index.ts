import { PreservePlayer } from './element';

if (customElements.get('preserve-player') === undefined) customElements.define('preserve-player', PreservePlayer);
