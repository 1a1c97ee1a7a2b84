"""The only package that uses Streamlit: session state, caches, the frame of a page, and widgets.

`state` one typed Session · `cached` every cache, bounded and for one visitor only · `page` frame, language, errors ·
`widgets` what several pages show.
"""
