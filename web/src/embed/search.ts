/** The search box of a frame that has one. */
import '../style/search.css';
import '../ui/search.ts';
