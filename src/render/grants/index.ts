export * from './answer-job';
export * from './approvals';
export * from './artifacts';
export * from './builds';
export * from './images';
export * from './network';
export * from './statement';
