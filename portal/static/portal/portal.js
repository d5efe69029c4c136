// Components of the design system that do more with JavaScript than without.
DKFDS.init();
