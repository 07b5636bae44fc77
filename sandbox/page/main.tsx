import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { platformInAddress } from './platform.ts';
import { keepHistory } from './store/history.ts';
import { goLive } from './store/live.ts';
import { followLink } from './store/look-at.ts';
import { clickOnce } from './views/click-once.ts';
import './styles/page.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
clickOnce();
keepHistory();
goLive(platformInAddress());
window.addEventListener('hashchange', followLink);
