/** The name that an operator gives to a driver, a metric source or a notifier, and by which plans name it. */
export const ADAPTER_NAME = '[a-z][a-z0-9-]{0,39}';

/** A whole text that is such a name. */
export const adapterName = new RegExp(`^${ADAPTER_NAME}$`);
