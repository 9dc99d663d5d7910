import './style.css';
import { formatClock, formatWords } from './format';
import { brewingSeconds, findTea, TEAS } from './teas';
import { createTimer, isFinishedAt, isRunning, pause, progressAt, remainingAt, reset, start } from './timer';

const TICK_MILLISECONDS = 200;

const choice = element('choice', HTMLFormElement);
const teaSelect = element('tea', HTMLSelectElement);
const infusionSelect = element('infusion', HTMLSelectElement);
const advice = element('advice', HTMLParagraphElement);
const clock = element('clock', HTMLParagraphElement);
const progress = element('progress', HTMLProgressElement);
const toggleButton = element('toggle', HTMLButtonElement);
const resetButton = element('reset', HTMLButtonElement);
const status = element('status', HTMLParagraphElement);

let tea = TEAS[0];
let timer = createTimer(0);
let ticking: number | undefined;

teaSelect.replaceChildren(...TEAS.map(({ id, name }) => new Option(name, id)));
teaSelect.addEventListener('change', () => selectTea(teaSelect.value));
infusionSelect.addEventListener('change', selectInfusion);
choice.addEventListener('submit', (event) => event.preventDefault());
toggleButton.addEventListener('click', toggle);
resetButton.addEventListener('click', () => {
  timer = reset(timer);
  announce('');
  update();
});
// A browser may restore what was chosen before a reload.
selectTea(teaSelect.value);

function selectTea(id: string): void {
  tea = findTea(id) ?? TEAS[0];
  const numbers = Array.from({ length: tea.infusions }, (_, index) => String(index + 1));
  infusionSelect.replaceChildren(...numbers.map((number) => new Option(number, number)));
  selectInfusion();
}

function selectInfusion(): void {
  timer = createTimer(brewingSeconds(tea, Number(infusionSelect.value)));
  advice.textContent = `Water at ${tea.temperature} °C, ${formatWords(timer.duration)}.`;
  announce('');
  update();
}

function toggle(): void {
  const now = Date.now();
  if (isRunning(timer)) {
    timer = pause(timer, now);
    announce(`Paused, ${formatWords(remainingAt(timer, now))} left.`);
  } else {
    timer = start(isFinishedAt(timer, now) ? reset(timer) : timer, now);
    announce('Brewing.');
  }
  update();
}

function update(): void {
  const now = Date.now();
  if (isRunning(timer) && isFinishedAt(timer, now)) {
    timer = pause(timer, now);
    announce(`Your ${tea.name.toLowerCase()} tea is ready.`);
  }
  const left = formatClock(remainingAt(timer, now));
  clock.textContent = left;
  progress.value = progressAt(timer, now);
  toggleButton.textContent = isRunning(timer) ? 'Pause' : 'Start';
  document.title = isRunning(timer) ? `${left} – Tea timer` : 'Tea timer';
  tickWhileRunning();
}

function tickWhileRunning(): void {
  if (isRunning(timer)) {
    ticking ??= window.setInterval(update, TICK_MILLISECONDS);
  } else {
    window.clearInterval(ticking);
    ticking = undefined;
  }
}

function announce(message: string): void {
  status.textContent = message;
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} #${id}.`);
  return found;
}
