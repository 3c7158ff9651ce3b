"""The WSGI application, for any server: `gunicorn wsgi:application`; and for commands: `flask --app wsgi …`."""

from app import create_app

application = create_app()
