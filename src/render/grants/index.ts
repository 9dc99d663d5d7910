export * from './approvals';
export * from './artifacts';
export * from './builds';
export * from './images';
export * from './invocations';
export * from './network';
export * from './operations';
export * from './statement';
